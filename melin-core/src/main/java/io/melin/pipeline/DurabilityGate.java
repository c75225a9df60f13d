package io.melin.pipeline;

import io.melin.durability.Gate;
import io.melin.durability.GatePositions;
import io.melin.durability.Policy;

/**
 * Says how far answers may leave: the policy over the cursors of this node.
 *
 * <p>Threading: {@link #evaluate} by the response thread; the policy may be swapped and read by any
 * thread, and the next evaluation sees it.
 */
final class DurabilityGate {
    private final PipelineCursors cursors;
    private final Gate gate = new Gate();
    private final GatePositions positions = new GatePositions(1);
    private volatile Policy policy;

    DurabilityGate(PipelineCursors cursors, Policy policy) {
        this.cursors = cursors;
        this.policy = policy;
    }

    /** The last sequence whose answer may leave, by the cursors as they are now. */
    long evaluate() {
        long persisted = cursors.durable().acquire();
        positions.clear().add(cursors.stamped().acquire(), persisted);
        return gate.evaluate(policy, positions);
    }

    Policy policy() {
        return policy;
    }
}
