package io.melin.durability;

/** Who supplied the position that the gate stands at, and so who the next answer waits for. */
public enum Blocker {
    /** This node: its own disk, or its own intake. */
    JOURNAL,

    /** A replica. */
    REPLICATION
}
