package io.melin.health;

import static io.melin.health.Health.DOWN;
import static io.melin.health.Health.OUT_OF_SERVICE;
import static io.melin.health.Health.UP;
import static io.melin.health.Liveness.BROKEN;
import static io.melin.health.Liveness.CORRECT;
import static io.melin.health.Readiness.ACCEPTING;
import static io.melin.health.Readiness.REFUSING;

/**
 * What a node is doing; exactly one at a time.
 *
 * <p>H1: only {@link #FAILED} is broken and down: restarting a node because its peer is missing
 * would remove the last copy. H2: only {@link #SERVING} accepts traffic, and a {@link #REPLICA}
 * where the operator says so.
 */
public enum NodeState {
    /** The parts are being built. */
    STARTING(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** The local journal is being replayed. */
    RECOVERING(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** Primary; the durability policy can be met. */
    SERVING(ACCEPTING, CORRECT, UP),

    /** Primary; the durability policy cannot be met now: peers are gone, or the disk is full. */
    POLICY_UNMET(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** A replica that is behind its primary by more than the limit. */
    CATCHING_UP(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** A replica within the limit. Readiness is the operator's choice. */
    REPLICA(REFUSING, CORRECT, UP),

    /** Seals its peers and pulls the best tail before it may serve. */
    PROMOTING(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** Primary of a new epoch that waits for its first entry to meet the policy. */
    PROMOTED_WAITING(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** A newer primary exists; out of service until it is restarted as a replica. */
    FENCED(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** Stops: takes nothing new, finishes what it took. Also the state of a stopped node. */
    DRAINING(REFUSING, CORRECT, OUT_OF_SERVICE),

    /** A stage, the disk or the application failed; only a restart helps. */
    FAILED(REFUSING, BROKEN, DOWN);

    private final Readiness readiness;
    private final Liveness liveness;
    private final Health health;

    NodeState(Readiness readiness, Liveness liveness, Health health) {
        this.readiness = readiness;
        this.liveness = liveness;
        this.health = health;
    }

    /**
     * @param replicaReady whether the operator wants traffic sent to replicas
     */
    public Readiness readiness(boolean replicaReady) {
        return this == REPLICA && replicaReady ? ACCEPTING : readiness;
    }

    public Liveness liveness() {
        return liveness;
    }

    public Health health() {
        return health;
    }
}
