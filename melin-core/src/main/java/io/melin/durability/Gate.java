package io.melin.durability;

import org.jspecify.annotations.Nullable;

/**
 * The answer gate: how far a policy lets answers out, given how far each node is.
 *
 * <p>A clause's value is the {@code count}-th largest position at its level, ties ranked by node,
 * so that the primary comes first. The gate's position is the smallest value over all clauses.
 *
 * <p>G2: nothing weakens. A clause that needs more nodes than the view has is unmet, not clamped:
 * the gate is {@linkplain #isDegraded() degraded} and stands at 0. G3: it is pure. Equal arguments
 * give an equal verdict; no maximum is latched, so the position moves back when a node leaves,
 * while answers already let out stay out. G4: blocker and position come from the same positions.
 *
 * <p>The verdict of the last {@link #evaluate} stays readable here, which is what keeps the
 * evaluation free of allocation. Threading: confined to one thread.
 */
public final class Gate {
    /** {@link #replicaPosition} when no clause hangs on a replica. */
    public static final long NO_REPLICA = -1;

    private static final int NOBODY = -1;

    private long position;
    private long replicaPosition = NO_REPLICA;
    private int blockingNode = NOBODY;
    private @Nullable Clause bindingClause;

    /**
     * The last sequence whose answer may leave.
     *
     * <p>Range: 0 (nothing) or more. An empty view or an unmet clause gives 0 and degraded.
     */
    public long evaluate(Policy policy, GatePositions view) {
        close();
        if (view.nodes() < policy.nodesNeeded()) {
            return 0;
        }
        long lowest = Long.MAX_VALUE;
        for (int index = 0; index < policy.clauseCount(); index++) {
            Clause clause = policy.clause(index);
            int node = marginalNode(view, clause);
            long value = view.effective(node, clause.level());
            if (value < lowest) { // strictly: the first clause keeps a tie
                lowest = value;
                blockingNode = node;
                bindingClause = clause;
            }
            if (node != 0 && (replicaPosition == NO_REPLICA || value < replicaPosition)) {
                replicaPosition = value;
            }
        }
        position = lowest;
        return lowest;
    }

    /** The last sequence whose answer may leave; 0 when degraded. */
    public long position() {
        return position;
    }

    /** Whether the policy asks for more nodes than there are. */
    public boolean isDegraded() {
        return bindingClause == null;
    }

    /** Who supplied the position; null when degraded. */
    public @Nullable Blocker blocker() {
        if (isDegraded()) {
            return null;
        }
        return blockingNode == 0 ? Blocker.JOURNAL : Blocker.REPLICATION;
    }

    /** The row that supplied the position, -1 when degraded. */
    public int blockingNode() {
        return blockingNode;
    }

    /** The clause that holds the position down; null when degraded. */
    public @Nullable Clause bindingClause() {
        return bindingClause;
    }

    /** The smallest clause value that a replica supplied, or {@link #NO_REPLICA}. */
    public long replicaPosition() {
        return replicaPosition;
    }

    private void close() {
        position = 0;
        replicaPosition = NO_REPLICA;
        blockingNode = NOBODY;
        bindingClause = null;
    }

    /**
     * The node whose position is the clause's value: larger positions rank first, then the lower
     * node. One pass that keeps the best three, as many as a clause can count.
     */
    private static int marginalNode(GatePositions view, Clause clause) {
        int first = NOBODY;
        int second = NOBODY;
        int third = NOBODY;
        long firstPosition = -1;
        long secondPosition = -1;
        long thirdPosition = -1;
        for (int node = 0; node < view.nodes(); node++) {
            long position = view.effective(node, clause.level());
            if (position > firstPosition) {
                third = second;
                thirdPosition = secondPosition;
                second = first;
                secondPosition = firstPosition;
                first = node;
                firstPosition = position;
            } else if (position > secondPosition) {
                third = second;
                thirdPosition = secondPosition;
                second = node;
                secondPosition = position;
            } else if (position > thirdPosition) {
                third = node;
                thirdPosition = position;
            }
        }
        return switch (clause.count()) {
            case 1 -> first;
            case 2 -> second;
            case 3 -> third;
            default -> throw new AssertionError("G2: nobody was ranked for " + clause);
        };
    }
}
