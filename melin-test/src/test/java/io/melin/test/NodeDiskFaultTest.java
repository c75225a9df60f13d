package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.gateway.netty.NettyTransport;
import io.melin.health.NodeState;
import io.melin.journal.JournalException;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.node.NodeStatus;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.stage.Pinning;
import io.melin.stage.Threads;
import io.melin.time.SystemTime;
import io.melin.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk call that fails, comes short or hangs, at every place of a scripted run. */
@ExtendWith(QuietNodes.class)
class NodeDiskFaultTest {
    private static final int EVENTS = 12;
    private static final Duration STALL = Duration.ofMillis(60);

    @ParameterizedTest
    @CsvSource({"EIO", "ENOSPC", "NO_PROGRESS"})
    void stopsAtEveryFailedCallAndTouchesTheDiskNoMore(String kind) {
        int changes = changesOfAGoodRun();
        int failures = 0;
        for (int n = 1; n <= changes; n++) {
            Run run = new Run(n, fault(kind));
            run.play();
            if (run.isFailed()) {
                failures++;
                run.checkThatNothingFollows();
            }
            run.checkRecovery(n);
        }
        assertThat(failures).as("runs that met their fault").isGreaterThan(changes / 3);
    }

    @Test
    void goesOnAfterEveryShortWrite() {
        int changes = changesOfAGoodRun();
        for (int n = 1; n <= changes; n++) {
            Run run = new Run(n, Fault.shortWrite(8));
            run.play();
            assertThat(run.isFailed()).as("short write at change " + n).isFalse();
            assertThat(run.answers).hasSize(EVENTS);
            run.checkRecovery(n);
        }
    }

    @Test
    @Timeout(120)
    void failsAtEveryStalledCallAndPublishesNothingAfterIt() throws Exception {
        for (int n = 1; ; n++) {
            SimulatedDisk disk = new SimulatedDisk(n);
            try (MelinNode<Long, Long> node = node(disk, SystemTime.INSTANCE, Layout.COMPACT)) {
                node.start();
                Stall stall = new Stall();
                disk.failAtChange(n, Fault.stall(stall));
                List<CompletableFuture<MelinResult<Long>>> futures = new ArrayList<>();
                boolean stalled = !submitUntilUnanswered(node, futures);
                if (!stalled) {
                    disk.clearFaults();
                    assertThat(n).as("stalled calls that were tried").isGreaterThan(EVENTS);
                    return;
                }
                assertThat(node.state().state()).isEqualTo(NodeState.FAILED);
                NodeStatus.Run before = Objects.requireNonNull(node.status().run());
                long answered = futures.stream().filter(NodeDiskFaultTest::isAnswered).count();
                assertThat(before.cursors().durable()).isEqualTo(answered);
                stall.release();
                node.stop(Duration.ofSeconds(5));
                assertThat(disk.locks()).as("locks after the stop").isEmpty();
                assertThat(before.cursors().durable()).isEqualTo(answered);
            }
        }
    }

    @Test
    void answersNobodyAfterAFailureUntilStoppedAndStartedN3() throws Exception {
        SimulatedDisk disk = new SimulatedDisk(1);
        MelinConfig patient =
                config(Layout.COMPACT).withStallTimeout(Duration.ofSeconds(20)); // it may be cold
        try (MelinNode<Long, Long> node = node(disk, SystemTime.INSTANCE, patient)) {
            node.start();
            node.operations().submitAndWait(1L, EventId.of(1, 1), Duration.ofSeconds(20));
            disk.failAt(DiskCall.Kind.FORCE, 1, Fault.eio());
            CompletableFuture<MelinResult<Long>> lost =
                    node.operations().submit(2L, EventId.of(1, 2));
            assertThatThrownBy(() -> lost.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(MelinUnknownOutcomeException.class);
            disk.clearFaults();

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(node.state().state()).isEqualTo(NodeState.FAILED);
                assertThatThrownBy(
                                () -> node.operations().submitAndWait(3L, EventId.of(1, 3), STALL))
                        .isInstanceOf(MelinRefusedException.class);
                assertThatThrownBy(() -> values(node))
                        .hasCauseInstanceOf(MelinRefusedException.class);
                node.start();
            }
            node.stop(Duration.ofSeconds(5));
            disk.crash(CrashPlan.losingAll());
            node.start();

            assertThat(node.state().state()).isEqualTo(NodeState.SERVING);
            // The one that met the fault may be there or not; with its id it is there once.
            node.operations().submitAndWait(2L, EventId.of(1, 2), Duration.ofSeconds(20));
            assertThat(values(node)).containsExactly(1L, 2L);
        }
    }

    private static List<Long> values(MelinNode<Long, Long> node) {
        return node.operations()
                .query(LedgerApplication.class, (ledger, live) -> ledger.state().values())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** Submits one event after the other; false as soon as one is not answered. */
    private static boolean submitUntilUnanswered(
            MelinNode<Long, Long> node, List<CompletableFuture<MelinResult<Long>>> futures)
            throws Exception {
        for (long value = 1; value <= EVENTS; value++) {
            CompletableFuture<MelinResult<Long>> future =
                    node.operations().submit(value, EventId.of(1, value));
            futures.add(future);
            boolean answered =
                    future.handle((result, failure) -> failure == null).get(30, TimeUnit.SECONDS);
            if (!answered) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAnswered(CompletableFuture<MelinResult<Long>> future) {
        return future.isDone() && !future.isCompletedExceptionally();
    }

    private static Fault fault(String kind) {
        return switch (kind) {
            case "EIO" -> Fault.eio();
            case "ENOSPC" -> Fault.noSpace();
            default -> Fault.shortWrite(0);
        };
    }

    private static int changesOfAGoodRun() {
        Run run = new Run(Integer.MAX_VALUE, Fault.eio());
        run.play();
        assertThat(run.answers).hasSize(EVENTS);
        return (int) run.disk.changes();
    }

    /** With threads, without the one that prepares: a call of its that stalls holds nobody up. */
    private static MelinConfig withSegments(Layout layout) {
        MelinConfig config = MelinFixture.smallConfig();
        return layout == Layout.MANUAL
                ? config
                : config.withJournal(config.journal().withSegmentBytes(0));
    }

    private static MelinConfig config(Layout layout) {
        return withSegments(layout)
                .withStages(new StageConfig(layout, Map.of()))
                .withStallTimeout(STALL);
    }

    private static MelinNode<Long, Long> node(SimulatedDisk disk, TimeSource time, Layout layout) {
        return node(disk, time, config(layout));
    }

    private static MelinNode<Long, Long> node(
            SimulatedDisk disk, TimeSource time, MelinConfig config) {
        return MelinNode.create(
                new JournaledApplication.Program<>(
                        new LedgerApplication(Duration.ZERO),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC),
                config,
                new NodePorts(disk, time, Threads.PLATFORM, Pinning.NONE, NettyTransport::new));
    }

    /** Start, twelve events, an orderly stop; one disk call meets a fault. */
    private static final class Run {
        private final SimulatedDisk disk = new SimulatedDisk(7);
        private final ManualTime time = new ManualTime(MelinFixture.START_NS);
        private final MelinNode<Long, Long> node = node(disk, time, Layout.MANUAL);
        private final List<MelinResult<Long>> answers = new ArrayList<>();
        private boolean startFailed;
        private boolean stopFailed;

        Run(int n, Fault fault) {
            disk.record(true);
            disk.failAtChange(n, fault);
        }

        void play() {
            try {
                node.start();
            } catch (JournalException e) {
                startFailed = true;
                return;
            }
            for (long value = 1; value <= EVENTS; value++) {
                CompletableFuture<MelinResult<Long>> future =
                        node.operations().submit(value, EventId.of(1, value));
                for (int step = 0; step < 8 && !future.isDone(); step++) {
                    node.runOnce();
                    time.advance(Duration.ofMillis(4));
                }
                assertThat(future).as("every call completes").isDone();
                if (isAnswered(future)) {
                    answers.add(future.join());
                }
            }
            try {
                node.stop(Duration.ofSeconds(1));
            } catch (JournalException e) {
                stopFailed = true;
            }
        }

        boolean isFailed() {
            return startFailed || stopFailed || node.state().state() == NodeState.FAILED;
        }

        void checkThatNothingFollows() {
            assertThat(node.state().state()).isEqualTo(NodeState.FAILED);
            List<DiskCall> calls = disk.calls();
            int fault = 0;
            while (!calls.get(fault).faulted()) {
                fault++;
            }
            assertThat(calls.subList(fault + 1, calls.size()))
                    .as("changes after the failed call " + calls.get(fault))
                    .noneMatch(call -> call.kind().isChange());
            assertThat(disk.locks()).isEmpty();
            assertThatThrownBy(() -> node.operations().submitAndWait(1L, EventId.none(), STALL))
                    .isInstanceOf(RuntimeException.class);
        }

        void checkRecovery(int n) {
            disk.crash(CrashPlan.random(n));
            MelinNode<Long, Long> next = node(disk, time, Layout.MANUAL);
            next.start();
            CompletableFuture<List<Long>> values =
                    next.operations()
                            .query(LedgerApplication.class, (ledger, live) -> ledger.state())
                            .thenApply(LedgerApplication.State::values);
            while (!values.isDone()) {
                next.runOnce();
            }
            assertThat(values.join()).hasSizeGreaterThanOrEqualTo(answers.size());
            for (int i = 0; i < values.join().size(); i++) {
                assertThat(values.join().get(i)).isEqualTo(i + 1L);
            }
            next.close();
        }
    }
}
