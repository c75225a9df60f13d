package io.melin.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.AllocatedBytes;
import io.melin.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {
    private static final String TABLE = "/durability/truth-table.txt";
    private static final List<String> COLUMNS = List.of("disk", "ram", "disk+ram", "two-disks");
    private static final List<Clause> CLAUSES =
            Stream.of(Level.values())
                    .flatMap(l -> IntStream.of(1, 2, 3).mapToObj(n -> new Clause(l, n)))
                    .toList();

    private final Gate gate = new Gate();

    record Row(String id, List<SortingOracle.Node> nodes, String policy, String verdict) {
        @Override
        public String toString() {
            return id + " " + policy + " -> " + verdict;
        }
    }

    @ParameterizedTest
    @MethodSource("truthTable")
    void standsWhereTheTruthTableSays(Row row) {
        gate.evaluate(Policy.parse(row.policy()), view(row.nodes()));

        assertThat(verdict()).isEqualTo(row.verdict());
    }

    @ParameterizedTest
    @MethodSource("truthTable")
    void agreesInTheOracleWithTheTruthTable(Row row) {
        SortingOracle.Verdict verdict =
                SortingOracle.verdict(Policy.parse(row.policy()).clauses(), row.nodes());

        assertThat(text(verdict.position(), verdict.blocker())).isEqualTo(row.verdict());
    }

    @Test
    void hasEveryRowOfTheTruthTable() throws IOException {
        assertThat(truthTable().stream().map(Row::id).distinct())
                .containsAll(IntStream.rangeClosed(1, 16).mapToObj(n -> "T" + n).toList());
    }

    /** Every view of up to four nodes over positions 0..2, under every policy that can be written. */
    @Test
    void equalsTheOracleOnEverySmallView() {
        List<Policy> policies = everyPolicy();
        long checked = 0;
        for (int nodes = 0; nodes <= 4; nodes++) {
            for (int code = 0; code < Math.pow(9, nodes); code++) {
                List<SortingOracle.Node> view = decode(nodes, code);
                GatePositions positions = view(view);
                for (Policy policy : policies) {
                    assertEqualsOracle(policy, view, positions, "exhaustive");
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(7381L * policies.size());
    }

    @TestFactory
    Stream<DynamicTest> equalsTheOracleOnRandomViews() {
        return Seeds.each(GateTest.class, this::compare);
    }

    private void compare(Random random, String repro) {
        for (int round = 0; round < 20_000; round++) {
            List<SortingOracle.Node> view = randomView(random);
            List<Clause> asWritten = randomClauses(random);
            Policy policy = Policy.of(asWritten);

            assertEqualsOracle(policy, view, view(view), repro);
            // D1: putting clauses in order and dropping covered ones moves no position.
            assertThat(gate.position())
                    .as(repro)
                    .isEqualTo(SortingOracle.verdict(asWritten, view).position());
        }
    }

    /** G2 and G4, and that raising any position never closes the gate. */
    @TestFactory
    Stream<DynamicTest> keepsItsPropertiesOnRandomViews() {
        return Seeds.each(GateTest.class, this::properties);
    }

    private void properties(Random random, String repro) {
        for (int round = 0; round < 4_000; round++) {
            List<SortingOracle.Node> view = randomView(random);
            Policy policy = Policy.of(randomClauses(random));
            long position = gate.evaluate(policy, view(view));

            boolean isShort = policy.clauses().stream().anyMatch(c -> c.count() > view.size());
            assertThat(gate.isDegraded()).as(repro).isEqualTo(isShort);
            assertThat(gate.blocker() != null).as(repro).isEqualTo(!isShort);
            if (isShort) {
                assertThat(position).isZero();
                assertThat(gate.replicaPosition()).isEqualTo(Gate.NO_REPLICA);
                continue;
            }
            assertHeldByItsBlocker(policy, view, position, repro);
            long raised = gate.evaluate(policy, view(raiseOne(view, random)));
            assertThat(raised).as(repro).isGreaterThanOrEqualTo(position);
        }
    }

    private void assertHeldByItsBlocker(
            Policy policy, List<SortingOracle.Node> view, long position, String repro) {
        Clause binding = Objects.requireNonNull(gate.bindingClause());
        SortingOracle.Node node = view.get(gate.blockingNode());
        assertThat(node.at(binding.level())).as(repro).isEqualTo(position);
        assertThat(gate.blocker() == Blocker.JOURNAL).as(repro).isEqualTo(node.index() == 0);
        for (Clause clause : policy.clauses()) {
            assertThat(SortingOracle.holds(clause, view, position)).as(repro).isTrue();
        }
        assertThat(SortingOracle.holds(binding, view, position + 1)).as(repro).isFalse();
    }

    @Test
    void standsAtZeroAndIsDegradedOverAnEmptyView() {
        assertThat(gate.evaluate(Policy.DISK, new GatePositions(3))).isZero();

        assertThat(verdict()).isEqualTo("D");
    }

    @Test
    void isDegradedBeforeItWasAsked() {
        assertThat(verdict()).isEqualTo("D");
        assertThat(gate.position()).isZero();
    }

    @Test
    void movesBackWhenANodeLeaves() {
        GatePositions view = new GatePositions(3);
        assertThat(gate.evaluate(Policy.RAM, view.clear().add(9, 9).add(9, 0).add(5, 0)))
                .isEqualTo(9);

        assertThat(gate.evaluate(Policy.RAM, view.clear().add(9, 9).add(5, 0))).isEqualTo(5);
    }

    @Test
    void forgetsTheLastVerdictWhenItDegrades() {
        GatePositions view = new GatePositions(3);
        gate.evaluate(Policy.TWO_DISKS, view.clear().add(9, 9).add(9, 8));
        assertThat(gate.position()).isEqualTo(8);

        gate.evaluate(Policy.TWO_DISKS, view.clear().add(9, 9));

        assertThat(verdict()).isEqualTo("D");
        assertThat(gate.bindingClause()).isNull();
        assertThat(gate.blockingNode()).isEqualTo(-1);
        assertThat(gate.replicaPosition()).isEqualTo(Gate.NO_REPLICA);
    }

    @Test
    void namesTheTightestPositionThatAReplicaSupplied() {
        GatePositions view = new GatePositions(3);

        gate.evaluate(Policy.DISK_AND_RAM, view.clear().add(900, 300).add(400, 250));
        assertThat(gate.replicaPosition()).isEqualTo(400);

        gate.evaluate(Policy.DISK, view.clear().add(900, 300).add(400, 250));
        assertThat(gate.replicaPosition()).isEqualTo(Gate.NO_REPLICA);
    }

    @Test
    void takesNoSentinelForAPosition() { // G1
        GatePositions view = new GatePositions(2);

        assertThatThrownBy(() -> view.add(Long.MAX_VALUE, 1)).hasMessageContaining("node=0");
        assertThatThrownBy(() -> view.add(1, Long.MAX_VALUE)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> view.add(-1, 1)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> view.add(1, -1)).isInstanceOf(AssertionError.class);
        assertThat(view.nodes()).isZero();
    }

    @Test
    void isPure() { // G3
        GatePositions view = new GatePositions(3).add(7, 3).add(6, 2);
        gate.evaluate(Policy.TWO_DISKS, view);
        String first = verdict();
        gate.evaluate(Policy.DISK, view);

        gate.evaluate(Policy.TWO_DISKS, view);

        assertThat(verdict()).isEqualTo(first).isEqualTo("2/R");
        assertThat(view).hasToString("[7,3 6,2]");
    }

    @Test
    void allocatesNothing() {
        GatePositions view = new GatePositions(3);
        long[] sum = new long[1];

        long allocated = AllocatedBytes.during(() -> sum[0] += evaluateMany(view));

        assertThat(allocated).isZero();
        assertThat(sum[0]).isPositive();
    }

    private long evaluateMany(GatePositions view) {
        long sum = 0;
        for (int i = 0; i < 1_000_000; i++) {
            view.clear().add(i + 9, i).add(i + 5, i - (i & 1)).add(i, i);
            sum += gate.evaluate(Policy.DISK_AND_RAM, view);
            sum += gate.blocker() == Blocker.JOURNAL ? 1 : 0;
        }
        return sum;
    }

    private void assertEqualsOracle(
            Policy policy, List<SortingOracle.Node> view, GatePositions positions, String repro) {
        SortingOracle.Verdict expected = SortingOracle.verdict(policy.clauses(), view);
        long position = gate.evaluate(policy, positions);
        boolean isEqual =
                position == expected.position()
                        && gate.position() == position
                        && gate.blocker() == expected.blocker()
                        && gate.blockingNode() == expected.node();
        if (!isEqual) { // a million assertions as objects would cost more than the test
            assertThat(verdict())
                    .as("%s: policy=%s, view=%s", repro, policy, positions)
                    .isEqualTo(text(expected.position(), expected.blocker()));
            assertThat(gate.blockingNode()).as(repro).isEqualTo(expected.node());
        }
    }

    private static List<SortingOracle.Node> raiseOne(List<SortingOracle.Node> view, Random random) {
        List<SortingOracle.Node> raised = new ArrayList<>(view);
        SortingOracle.Node node = raised.get(random.nextInt(raised.size()));
        raised.set(
                node.index(),
                random.nextBoolean()
                        ? new SortingOracle.Node(
                                node.index(),
                                node.inMemory() + random.nextInt(20),
                                node.persisted())
                        : new SortingOracle.Node(
                                node.index(),
                                node.inMemory(),
                                node.persisted() + random.nextInt(20)));
        return raised;
    }

    private static List<SortingOracle.Node> randomView(Random random) {
        int bound = random.nextBoolean() ? 5 : 1_000_000; // few values make ties
        return IntStream.range(0, random.nextInt(21))
                .mapToObj(index ->
                        new SortingOracle.Node(index, random.nextInt(bound), random.nextInt(bound)))
                .toList();
    }

    private static List<Clause> randomClauses(Random random) {
        return random.ints(1 + random.nextInt(3), 0, CLAUSES.size())
                .mapToObj(CLAUSES::get)
                .toList();
    }

    private static List<Policy> everyPolicy() {
        return IntStream.range(1, 1 << CLAUSES.size())
                .mapToObj(mask ->
                        IntStream.range(0, CLAUSES.size())
                                .filter(bit -> (mask & (1 << bit)) != 0)
                                .mapToObj(CLAUSES::get)
                                .toList())
                .map(Policy::of)
                .distinct()
                .toList();
    }

    private static List<SortingOracle.Node> decode(int nodes, int code) {
        List<SortingOracle.Node> view = new ArrayList<>();
        int rest = code;
        for (int index = 0; index < nodes; index++, rest /= 9) {
            view.add(new SortingOracle.Node(index, rest % 3, rest / 3 % 3));
        }
        return view;
    }

    private static GatePositions view(List<SortingOracle.Node> nodes) {
        GatePositions view = new GatePositions(Math.max(1, nodes.size()));
        nodes.forEach(node -> view.add(node.inMemory(), node.persisted()));
        return view;
    }

    private String verdict() {
        return text(gate.position(), gate.blocker());
    }

    private static String text(long position, @Nullable Blocker blocker) {
        if (blocker == null) {
            return position == 0 ? "D" : "degraded but at " + position;
        }
        return position + (blocker == Blocker.JOURNAL ? "/J" : "/R");
    }

    static List<Row> truthTable() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(GateTest.class.getResourceAsStream(TABLE))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().map(String::strip).filter(GateTest::isRow).forEach(l -> parse(l, rows));
        }
        return rows;
    }

    private static boolean isRow(String line) {
        return !line.isEmpty() && !line.startsWith("#");
    }

    private static void parse(String line, List<Row> rows) {
        String[] sides = line.split("->", 2);
        String[] left = sides[0].strip().split("\\s+");
        String[] verdicts = sides[1].strip().split("\\s+");
        List<SortingOracle.Node> nodes = new ArrayList<>();
        for (int i = 1; i < left.length; i++) {
            if (left[i].startsWith("x")) {
                SortingOracle.Node last = nodes.get(nodes.size() - 1);
                IntStream.range(1, Integer.parseInt(left[i].substring(1)))
                        .forEach(n -> add(nodes, last.inMemory(), last.persisted()));
            } else if (!left[i].equals("_")) {
                String[] pair = left[i].split(",");
                add(nodes, Long.parseLong(pair[0]), Long.parseLong(pair[1]));
            }
        }
        for (int column = 0; column < COLUMNS.size(); column++) {
            rows.add(new Row(left[0], nodes, COLUMNS.get(column), verdicts[column]));
        }
    }

    private static void add(List<SortingOracle.Node> nodes, long inMemory, long persisted) {
        nodes.add(new SortingOracle.Node(nodes.size(), inMemory, persisted));
    }
}
