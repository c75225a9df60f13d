package io.melin.durability;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The durability policy: which copies must exist before an answer leaves. A non-empty list of
 * clauses, all of which must hold.
 *
 * <p>D1: the order of writing has no meaning. Clauses are kept persisted first, then by count, and
 * a clause that another one covers is dropped, so equal demands are equal policies. D2: the wire
 * bytes of the named policies are never renumbered or reused.
 *
 * <p>Threading: immutable; a run-time swap replaces the reference.
 */
public final class Policy {
    /** The wire byte of a policy that has none, or that was never observed. */
    public static final int WIRE_UNKNOWN = 255;

    /** One synced copy; all that a node without replicas can offer. Wire byte 0. */
    public static final Policy DISK = of(new Clause(Level.PERSISTED, 1));

    /** One synced copy and a second node that holds it. Wire byte 1. */
    public static final Policy DISK_AND_RAM =
            of(new Clause(Level.PERSISTED, 1), new Clause(Level.IN_MEMORY, 2));

    /** Two synced copies. Wire byte 2. */
    public static final Policy TWO_DISKS = of(new Clause(Level.PERSISTED, 2));

    /** Two nodes that hold it, synced or not. Wire byte 3. */
    public static final Policy RAM = of(new Clause(Level.IN_MEMORY, 2));

    private final List<Clause> clauses;
    private final Clause[] clausesFast;
    private final int nodesNeeded;

    private Policy(List<Clause> clauses) {
        this.clauses = clauses;
        this.clausesFast = clauses.toArray(Clause[]::new);
        this.nodesNeeded = clauses.stream().mapToInt(Clause::count).max().orElseThrow();
    }

    /**
     * The policy that demands all of {@code clauses}.
     *
     * <p>Fails: {@link IllegalArgumentException} for an empty list.
     */
    public static Policy of(List<Clause> clauses) {
        if (clauses.isEmpty()) {
            throw new IllegalArgumentException("a durability policy needs a clause: clauses=[]");
        }
        return new Policy(PolicyText.canonical(clauses));
    }

    public static Policy of(Clause... clauses) {
        return of(Arrays.asList(clauses));
    }

    /**
     * Reads a name such as {@code disk+ram}, a former name, or an expression such as {@code
     * persisted>=1 && in_memory>=2}. Letter case and blanks around tokens do not count.
     *
     * <p>Fails: {@link PolicySyntaxException}, which names the token.
     */
    public static Policy parse(String text) {
        return PolicyText.parse(text);
    }

    /** The current name for a former one; empty when {@code text} is not a former name. */
    public static Optional<String> renamed(String text) {
        return PolicyText.renamed(text);
    }

    /** The names, by wire byte. */
    public static List<String> names() {
        return PolicyText.names();
    }

    /** The policy of a wire byte; empty for one that this version does not know. */
    public static Optional<Policy> fromWire(int wireByte) {
        return PolicyText.fromWire(wireByte);
    }

    /** The byte of a named policy, {@link #WIRE_UNKNOWN} for an expression that has no name. */
    public int wireByte() {
        return PolicyText.wireByte(this);
    }

    /** The demands, all of which must hold. */
    public List<Clause> clauses() {
        return clauses;
    }

    /** The smallest number of nodes that can ever meet it. */
    public int nodesNeeded() {
        return nodesNeeded;
    }

    /** Whether a cluster of {@code nodes}, this one included, can keep its promise. */
    public boolean satisfiableBy(int nodes) {
        return objection(nodes).isEmpty();
    }

    /** Why {@code nodes} nodes, this one included, cannot keep the promise, and what to use. */
    public Optional<String> objection(int nodes) {
        if (nodesNeeded > nodes) {
            return Optional.of(
                    "the durability policy needs more nodes than are configured: policy="
                            + this
                            + ", needed="
                            + nodesNeeded
                            + ", configured="
                            + nodes
                            + (nodes == 1
                                    ? "; a single node can offer only 'disk'. Use disk, or"
                                    : "; use a policy with counts up to "
                                            + nodes
                                            + " such as disk+ram, or")
                            + " configure the missing replicas");
        }
        if (clauses.stream().noneMatch(Clause::outlivesOneProcess)) {
            return Optional.of(
                    "the durability policy is met before any copy can outlive this process: policy="
                            + this
                            + "; use disk"
                            + (nodes == 1 ? "" : ", ram or disk+ram"));
        }
        return Optional.empty();
    }

    int clauseCount() {
        return clausesFast.length;
    }

    Clause clause(int index) {
        return clausesFast[index];
    }

    /** The demands as an expression, whatever their name. */
    public String expression() {
        return PolicyText.expression(this);
    }

    /** The name, or the expression when it has none; {@link #parse} reads either. */
    @Override
    public String toString() {
        return PolicyText.format(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Policy policy && clauses.equals(policy.clauses);
    }

    @Override
    public int hashCode() {
        return clauses.hashCode();
    }
}
