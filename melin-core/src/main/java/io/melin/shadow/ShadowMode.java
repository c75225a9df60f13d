package io.melin.shadow;

/** Which nodes keep a second copy of the state to take snapshots of. */
public enum ShadowMode {
    /** Every node. */
    ON,

    /** None: a start replays the whole journal. */
    OFF,

    /** Nodes that do not serve: a primary is spared the second copy. */
    REPLICA_ONLY
}
