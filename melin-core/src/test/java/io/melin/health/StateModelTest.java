package io.melin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateModelTest {
    private static final Path SOURCE =
            Path.of("src/main/java/io/melin/health/StateModel.java").toAbsolutePath();

    private static final Logger LOGGER = Logger.getLogger(StateModel.class.getName());

    private final StepTime time = new StepTime();
    private final StateModel model = new StateModel(time);

    @BeforeAll
    static void keepTheBuildLogQuiet() {
        LOGGER.setUseParentHandlers(false);
    }

    @AfterAll
    static void logAsBefore() {
        LOGGER.setUseParentHandlers(true);
    }

    record Pair(NodeState from, NodeState next, boolean isAllowed) {}

    /** The table of the class doc, which is what a reader believes, against what the model does. */
    @ParameterizedTest
    @MethodSource("allPairs")
    void takesTheEdgesOfItsTableAndNoOther(Pair pair) throws IOException { // S1, S2
        bring(model, pair.from());
        List<StateChange> told = new ArrayList<>();
        model.onChange(told::add);
        StateChange before = model.current();

        if (pair.isAllowed()) {
            assertThat(model.enter(pair.next(), "why")).isTrue();
            assertThat(model.state()).isEqualTo(pair.next());
            assertThat(told).containsExactly(model.current());
            assertThat(model.current().previous()).isEqualTo(pair.from());
        } else if (pair.from() == NodeState.FAILED || pair.from() == pair.next()) {
            assertThat(model.enter(pair.next(), "why")).isFalse();
            assertThat(model.current()).isSameAs(before);
            assertThat(told).isEmpty();
        } else {
            assertThatThrownBy(() -> model.enter(pair.next(), "why"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("from=" + pair.from() + ", to=" + pair.next());
            assertThat(model.current()).isSameAs(before);
            assertThat(told).isEmpty();
        }
        assertThat(StateModel.isAllowed(pair.from(), pair.next())).isEqualTo(pair.isAllowed());
    }

    @Test
    void walksAllPairs() throws IOException {
        assertThat(allPairs()).hasSize(11 * 11);
    }

    @ParameterizedTest
    @MethodSource("states")
    void startsAnewOnlyWhenStoppedOrFailed(NodeState from) throws IOException {
        bring(model, from);

        if (from == NodeState.DRAINING || from == NodeState.FAILED) {
            model.reset();
            assertThat(model.state()).isEqualTo(NodeState.STARTING);
            assertThat(model.enter(NodeState.RECOVERING, "again")).isTrue();
        } else {
            assertThatThrownBy(model::reset).hasMessageContaining("state=" + from);
            assertThat(model.state()).isEqualTo(from);
        }
    }

    @Test
    void keepsTheFirstCauseOfFailure() {
        IOException first = new IOException("sync failed");

        assertThat(model.fail("disk", first)).isTrue();
        assertThat(model.fail("application", new IllegalStateException("later"))).isFalse();

        assertThat(model.current().cause()).isSameAs(first);
        assertThat(model.current().reason()).isEqualTo("disk");
    }

    @Test
    void knowsSinceWhenAndWhy() {
        time.nowNs = 5_000_000_000L;

        model.enter(NodeState.RECOVERING, "journal found");

        assertThat(model.current())
                .isEqualTo(
                        new StateChange(
                                NodeState.STARTING,
                                NodeState.RECOVERING,
                                "journal found",
                                1_000_000_000_000L + 5_000_000_000L,
                                5_000_000_000L,
                                null));
    }

    @Test
    void entersFromTheExpectedStateOnly() throws IOException {
        bring(model, NodeState.SERVING);

        assertThat(model.enterFrom(NodeState.POLICY_UNMET, NodeState.SERVING, "no")).isFalse();
        assertThat(model.enterFrom(NodeState.SERVING, NodeState.POLICY_UNMET, "yes")).isTrue();

        assertThat(model.state()).isEqualTo(NodeState.POLICY_UNMET);
    }

    @Test
    void tellsEveryListenerEveryChangeInOrderOnTheCallersThread() { // S3
        List<String> told = new ArrayList<>();
        Thread caller = Thread.currentThread();
        model.onChange(change -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            told.add("first " + change.state());
            if (change.state() == NodeState.RECOVERING) {
                model.enter(NodeState.SERVING, "from a listener");
            }
        });
        model.onChange(change -> told.add("second " + change.state()));

        model.enter(NodeState.RECOVERING, "start");

        assertThat(told)
                .containsExactly(
                        "first RECOVERING", "second RECOVERING", "first SERVING", "second SERVING");
    }

    @Test
    void tellsTheOthersWhenAListenerThrows() {
        List<NodeState> told = new ArrayList<>();
        model.onChange(change -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        model.onChange(change -> told.add(change.state()));

        List<LogRecord> logged = logged(() -> model.enter(NodeState.RECOVERING, "start"));

        assertThat(told).containsExactly(NodeState.RECOVERING);
        assertThat(logged)
                .anyMatch(r ->
                        r.getLevel() == Level.SEVERE
                                && r.getThrown() instanceof IllegalStateException);
    }

    @Test
    void logsEachChangeOnceAndOthersNever() { // S3
        List<LogRecord> logged =
                logged(() -> {
                    model.enter(NodeState.RECOVERING, "start");
                    model.enter(NodeState.RECOVERING, "start");
                    time.nowNs += 3_000_000;
                    model.enter(NodeState.POLICY_UNMET, "no replica is attached");
                    model.fail("sync failed", new IOException("EIO"));
                    model.enter(NodeState.DRAINING, "stop");
                });

        assertThat(logged)
                .extracting(record -> record.getLevel() + " " + record.getMessage())
                .containsExactly(
                        "INFO node state: from=STARTING, to=RECOVERING, heldMs=0, reason=start",
                        "WARNING node state: from=RECOVERING, to=POLICY_UNMET, heldMs=3,"
                                + " reason=no replica is attached",
                        "SEVERE node state: from=POLICY_UNMET, to=FAILED, heldMs=0,"
                                + " reason=sync failed");
    }

    @Test
    void neverLosesALaterFailuresCause() {
        model.fail("first", null);

        List<LogRecord> logged = logged(() -> model.fail("second", new IOException("EIO")));

        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getThrown()).hasMessage("EIO");
    }

    /** Two monitors and a stop race; whoever wins, the changes form one unbroken chain. */
    @Test
    void keepsOneChainOfChangesUnderRacingThreads() throws Exception {
        bring(model, NodeState.SERVING);
        List<StateChange> told = Collections.synchronizedList(new ArrayList<>());
        model.onChange(told::add);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads =
                List.of(
                        flipper(start, NodeState.SERVING, NodeState.POLICY_UNMET),
                        flipper(start, NodeState.POLICY_UNMET, NodeState.SERVING));

        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        model.enter(NodeState.DRAINING, "stop");

        NodeState before = NodeState.SERVING;
        for (StateChange change : told) {
            assertThat(change.previous()).isEqualTo(before);
            before = change.state();
        }
        assertThat(before).isEqualTo(NodeState.DRAINING);
        assertThat(told).hasSizeGreaterThan(1);
    }

    private Thread flipper(CountDownLatch start, NodeState from, NodeState next) {
        return new Thread(() -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int round = 0; round < 200; round++) {
                model.enterFrom(from, next, "round " + round);
            }
        });
    }

    static List<NodeState> states() {
        return List.of(NodeState.values());
    }

    static List<Pair> allPairs() throws IOException {
        Map<NodeState, Set<NodeState>> table = documentedTable();
        return states().stream()
                .flatMap(from ->
                        states().stream()
                                .map(next -> new Pair(from, next, isIn(table, from, next))))
                .toList();
    }

    /** The table names no edge to FAILED: S1 says that every state but itself has it. */
    private static boolean isIn(
            Map<NodeState, Set<NodeState>> table, NodeState from, NodeState next) {
        boolean isFailure = next == NodeState.FAILED && from != NodeState.FAILED;
        return isFailure || targets(table, from).contains(next);
    }

    private static Set<NodeState> targets(Map<NodeState, Set<NodeState>> table, NodeState from) {
        return Objects.requireNonNull(table.get(from), "no row for " + from);
    }

    private static Map<NodeState, Set<NodeState>> documentedTable() throws IOException {
        Map<NodeState, Set<NodeState>> table = new EnumMap<>(NodeState.class);
        for (String line : Files.readAllLines(SOURCE)) {
            String[] words = line.replaceFirst("^ \\* ", "").trim().split("\\s+");
            if (line.startsWith(" * ") && isState(words[0]) && words.length > 1) {
                Set<NodeState> targets =
                        Arrays.stream(words)
                                .skip(1)
                                .filter(word -> !word.equals("-"))
                                .map(NodeState::valueOf)
                                .collect(
                                        Collectors.toCollection(
                                                () -> EnumSet.noneOf(NodeState.class)));
                table.put(NodeState.valueOf(words[0]), targets);
            }
        }
        return table;
    }

    private static boolean isState(String word) {
        return states().stream().anyMatch(state -> state.name().equals(word));
    }

    /** Walks the shortest documented way from STARTING. */
    private static void bring(StateModel model, NodeState goal) throws IOException {
        Map<NodeState, Set<NodeState>> table = documentedTable();
        Map<NodeState, NodeState> cameFrom = new EnumMap<>(NodeState.class);
        Deque<NodeState> open = new ArrayDeque<>(List.of(NodeState.STARTING));
        while (!open.isEmpty()) {
            NodeState from = open.remove();
            for (NodeState next : states()) {
                if (isIn(table, from, next)
                        && next != NodeState.STARTING
                        && cameFrom.putIfAbsent(next, from) == null) {
                    open.add(next);
                }
            }
        }
        Deque<NodeState> way = new ArrayDeque<>();
        NodeState step = goal;
        while (step != NodeState.STARTING) {
            way.push(step);
            step = Objects.requireNonNull(cameFrom.get(step), "unreachable: " + step);
        }
        way.forEach(state -> model.enter(state, "on the way to " + goal));
        assertThat(model.state()).isEqualTo(goal);
    }

    private static List<LogRecord> logged(Runnable action) {
        List<LogRecord> records = new ArrayList<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(@Nullable LogRecord record) {
                        records.add(Objects.requireNonNull(record));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        LOGGER.addHandler(handler);
        try {
            action.run();
        } finally {
            LOGGER.removeHandler(handler);
        }
        return records;
    }

    private static final class StepTime implements TimeSource {
        private long nowNs;

        @Override
        public long epochNs() {
            return 1_000_000_000_000L + nowNs;
        }

        @Override
        public long tickerNs() {
            return nowNs;
        }
    }
}
