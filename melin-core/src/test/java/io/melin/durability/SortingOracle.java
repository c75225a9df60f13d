package io.melin.durability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule of the gate once more, as dumb as possible: make a list, sort it, take the k-th. Shares no
 * code with {@link Gate}.
 */
final class SortingOracle {
    record Node(int index, long inMemory, long persisted) {
        long at(Level level) {
            return level == Level.IN_MEMORY ? Math.max(inMemory, persisted) : persisted;
        }
    }

    record Verdict(long position, @Nullable Blocker blocker, int node) {}

    static final Verdict DEGRADED = new Verdict(0, null, -1);

    private SortingOracle() {}

    static Verdict verdict(List<Clause> clauses, List<Node> nodes) {
        List<Verdict> values = new ArrayList<>();
        for (Clause clause : clauses) {
            if (clause.count() > nodes.size()) {
                return DEGRADED;
            }
            List<Node> ranked = new ArrayList<>(nodes);
            ranked.sort(
                    Comparator.comparingLong((Node node) -> node.at(clause.level()))
                            .reversed()
                            .thenComparingInt(Node::index));
            Node marginal = ranked.get(clause.count() - 1);
            Blocker blocker = marginal.index() == 0 ? Blocker.JOURNAL : Blocker.REPLICATION;
            values.add(new Verdict(marginal.at(clause.level()), blocker, marginal.index()));
        }
        long lowest = values.stream().mapToLong(Verdict::position).min().orElseThrow();
        return values.stream().filter(v -> v.position() == lowest).findFirst().orElseThrow();
    }

    /** Positive proof by counting, without any order: the clause holds for this position. */
    static boolean holds(Clause clause, List<Node> nodes, long position) {
        return nodes.stream().filter(n -> n.at(clause.level()) >= position).count()
                >= clause.count();
    }
}
