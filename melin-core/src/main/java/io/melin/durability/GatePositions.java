package io.melin.durability;

/**
 * How far each node of the cluster holds the log at this moment: what a gate is evaluated over.
 *
 * <p>Node 0 is the primary, the others are the replicas that are active now. G1: a node that is
 * absent is absent, it has no row; no row ever stands for "infinitely far". Build it anew for each
 * evaluation: {@code positions.clear().add(..).add(..)}.
 *
 * <p>The primary's in-memory position is the last sequence that its ingress published. Read it
 * after the replicas' positions: a replica cannot then appear ahead of the node that feeds it.
 *
 * <p>Range: sequences, 0 means none. Threading: confined to one thread; allocates only when built.
 */
public final class GatePositions {
    private final long[] inMemory;
    private final long[] persisted;
    private int nodes;

    /**
     * @param nodesMax the most rows that it will ever hold
     */
    public GatePositions(int nodesMax) {
        if (nodesMax < 1) {
            throw new IllegalArgumentException("no room for the primary: nodesMax=" + nodesMax);
        }
        inMemory = new long[nodesMax];
        persisted = new long[nodesMax];
    }

    public GatePositions clear() {
        nodes = 0;
        return this;
    }

    /**
     * Adds the next node; the first one is the primary.
     *
     * <p>The two may cross for a moment, since they are read one after the other: whoever persisted
     * an event also received it.
     *
     * <p>Fails: {@link AssertionError} for a negative position or the MAX sentinel (G1).
     */
    public GatePositions add(long inMemorySequence, long persistedSequence) {
        if ((inMemorySequence | persistedSequence) < 0
                || inMemorySequence == Long.MAX_VALUE
                || persistedSequence == Long.MAX_VALUE) {
            throw new AssertionError(
                    "not a position: node="
                            + nodes
                            + ", inMemory="
                            + inMemorySequence
                            + ", persisted="
                            + persistedSequence);
        }
        inMemory[nodes] = inMemorySequence;
        persisted[nodes] = persistedSequence;
        nodes++;
        return this;
    }

    /** How many nodes are in the view. */
    public int nodes() {
        return nodes;
    }

    /** The last sequence that {@code node} holds at {@code level} or better. */
    public long effective(int node, Level level) {
        long durable = persisted[node];
        return level == Level.PERSISTED ? durable : Math.max(inMemory[node], durable);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int node = 0; node < nodes; node++) {
            text.append(node == 0 ? "" : " ").append(inMemory[node]).append(',');
            text.append(persisted[node]);
        }
        return text.append(']').toString();
    }
}
