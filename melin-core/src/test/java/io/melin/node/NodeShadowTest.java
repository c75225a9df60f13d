package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.gateway.netty.NettyTransport;
import io.melin.health.NodeState;
import io.melin.journaled.JournaledApplication;
import io.melin.shadow.ShadowMeters;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.ShadowStatus.Phase;
import io.melin.shadow.SnapshotConfig;
import io.melin.stage.Pinning;
import io.melin.stage.ThreadFacts;
import io.melin.stage.Threads;
import io.melin.storage.FileSystemStorage;
import io.melin.storage.Storage;
import io.melin.testing.CounterApplication;
import io.melin.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with its shadow on real threads and files; T1 of {@code ShadowSnapshotter}. */
class NodeShadowTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofMillis(400);

    @TempDir Path directory;

    private final List<MelinNode<?, ?>> nodes = new ArrayList<>();
    private final SlowSnapshots slow = new SlowSnapshots();

    @AfterEach
    void stopAll() {
        slow.release();
        nodes.forEach(MelinNode::close);
    }

    private MelinNode<Long, Long> node(SnapshotConfig snapshots, Storage storage) {
        MelinNode<Long, Long> node =
                MelinNode.create(
                        new JournaledApplication.Program<>(
                                new CounterApplication(),
                                CounterApplication.CODEC,
                                CounterApplication.CODEC),
                        MelinConfig.of(directory.resolve("data")).withSnapshots(snapshots),
                        new NodePorts(
                                storage,
                                SystemTime.INSTANCE,
                                Threads.PLATFORM,
                                Pinning.NONE,
                                NettyTransport::new));
        nodes.add(node);
        node.start();
        return node;
    }

    private static SnapshotConfig every(Duration interval) {
        return new SnapshotConfig(ShadowMode.ON, interval, 1L << 40, 1L << 50, 2);
    }

    private static void until(BooleanSupplier condition, String what) {
        long endNs = System.nanoTime() + WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(endNs);
            Thread.onSpinWait();
        }
    }

    private static NodeStatus.Run run(MelinNode<?, ?> node) {
        return Objects.requireNonNull(node.status().run());
    }

    private static List<String> threads(MelinNode<?, ?> node) {
        return run(node).threads().stream().map(ThreadFacts::name).toList();
    }

    @Test
    void followsOnAThreadOfItsOwnAndStartsFromWhatItSaved() {
        MelinNode<Long, Long> node = node(every(Duration.ofMillis(20)), FileSystemStorage.INSTANCE);
        for (long i = 1; i <= 50; i++) {
            node.operations().submitAndWait(i, EventId.of(1, i), WAIT);
        }
        assertThat(threads(node)).contains("melin-shadow");
        until(() -> node.meters().shadow().status().sequence() == 50, "snapshot of all");
        node.stop(WAIT);
        assertThat(node.meters().shadow().status().phase()).isEqualTo(Phase.OFF);
        node.start();

        assertThat(run(node).journal().recovery().replayed().afterSequence()).isEqualTo(50);
        assertThat(run(node).journal().recovery().entries()).isZero();
        MelinResult<Long> repeat = node.operations().submitAndWait(7L, EventId.of(1, 7), WAIT);
        assertThat(repeat.duplicate()).isTrue();
        assertThat(repeat.reports()).containsExactly(28L);
        assertThat(node.operations().submitAndWait(1L, EventId.none(), WAIT).reports())
                .containsExactly(1276L);
    }

    @Test
    void hasNoShadowWhereNoneIsWanted() {
        for (ShadowMode mode : List.of(ShadowMode.OFF, ShadowMode.REPLICA_ONLY)) {
            MelinNode<Long, Long> node =
                    node(
                            new SnapshotConfig(mode, Duration.ofMillis(1), 1, 1, 2),
                            FileSystemStorage.INSTANCE);
            node.operations().submitAndWait(1L, EventId.none(), WAIT);
            assertThat(threads(node)).doesNotContain("melin-shadow");
            assertThat(run(node).snapshot().shadow().phase()).isEqualTo(Phase.OFF);
            node.stop(WAIT);
            assertThat(directory.resolve("data")).isDirectoryNotContaining("glob:**.snap.*");
        }
    }

    /** At full load: there is always an entry's end at hand. */
    @Test
    void savesWithinTwiceTheIntervalUnderFullLoad() {
        MelinNode<Long, Long> node = node(every(INTERVAL), FileSystemStorage.INSTANCE);
        ShadowMeters shadow = node.meters().shadow();
        long lateNs = 0;
        long submitted = 0;
        long endNs = System.nanoTime() + INTERVAL.multipliedBy(8).toNanos();
        while (System.nanoTime() < endNs) {
            submitted += flood(node);
            lateNs = Math.max(lateNs, shadow.dueForNs(System.nanoTime()));
        }

        System.out.println(
                "NodeShadowTest: events="
                        + submitted
                        + ", saves="
                        + shadow.saves()
                        + ", latest ms="
                        + lateNs / 1_000_000);
        assertThat(shadow.saves()).isGreaterThanOrEqualTo(3);
        assertThat(shadow.failures()).isZero();
        assertThat(shadow.status().alarm()).isNull();
    }

    /** As many as the permits hold; returns how many were taken. */
    private static long flood(MelinNode<Long, Long> node) {
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            answers.add(node.operations().submit(1L));
        }
        long taken = 0;
        for (CompletableFuture<MelinResult<Long>> answer : answers) {
            try {
                answer.get(20, TimeUnit.SECONDS);
                taken++;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(MelinRefusedException.class);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return taken;
    }

    /** A save that hangs is late, and nothing else; another node might still be writing it. */
    @Test
    void answersWhileASaveHangsAndSaysThatItIsLate() throws Exception {
        MelinNode<Long, Long> node = node(every(Duration.ofMillis(20)), slow);
        node.operations().submitAndWait(1L, EventId.none(), WAIT);
        assertThat(slow.begun().await(20, TimeUnit.SECONDS)).isTrue();
        long answered = 0;
        long worstNs = 0;
        long endNs = System.nanoTime() + 1_500_000_000;
        while (System.nanoTime() < endNs) {
            long sentNs = System.nanoTime();
            node.operations().submitAndWait(1L, EventId.none(), WAIT);
            worstNs = Math.max(worstNs, System.nanoTime() - sentNs);
            answered++;
        }

        assertThat(answered).isGreaterThan(20);
        assertThat(worstNs).as("far below the save's own time").isLessThan(1_000_000_000);
        assertThat(node.meters().shadow().saves()).isZero();
        assertThat(run(node).snapshot().shadow().phase()).isEqualTo(Phase.SAVING);
        assertThat(run(node).snapshot().isLate()).isTrue();
        assertThat(node.state().state()).isEqualTo(NodeState.SERVING);
        slow.release();
        until(() -> node.meters().shadow().saves() > 0, "the save");
        until(() -> !run(node).snapshot().isLate(), "no longer late");
    }
}
