package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.gateway.netty.NettyTransport;
import io.melin.health.NodeState;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.node.StageStalledException;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.stage.Pinning;
import io.melin.stage.Threads;
import io.melin.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A disk that hangs while the node starts: at every change, and in a read. */
@ExtendWith(QuietNodes.class)
class NodeStalledStartTest {
    private static final Duration STALL = Duration.ofMillis(500);

    /** So large that no segment is prepared: its changes would be counted as those of a start. */
    private static final long SEGMENT_BYTES = 64 << 20;

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    @Timeout(120)
    void failsAtEveryChangeOfTheFirstStart() throws Exception {
        int changes = changesOfAStart(new SimulatedDisk(1));
        assertThat(changes).isGreaterThan(5);
        for (int n = 1; n <= changes; n++) {
            SimulatedDisk disk = new SimulatedDisk(n);
            Stall stall = new Stall();
            disk.failAtChange(n, Fault.stall(stall));
            assertFailsAndKeeps(disk, stall, List.of());
        }
    }

    @Test
    @Timeout(120)
    void failsAtEveryChangeOfALaterStart() throws Exception {
        int changes = changesOfAStart(crashed(1));
        assertThat(changes).isGreaterThan(2);
        for (int n = 1; n <= changes; n++) {
            SimulatedDisk disk = crashed(n);
            Stall stall = new Stall();
            disk.failAtChange(n, Fault.stall(stall));
            assertFailsAndKeeps(disk, stall, List.of(5L, 6L));
        }
    }

    @Test
    void failsInARead() throws Exception {
        SimulatedDisk disk = crashed(1);
        Stall stall = new Stall();
        disk.failAt(DiskCall.Kind.READ, 2, Fault.stall(stall));

        assertFailsAndKeeps(disk, stall, List.of(5L, 6L));
    }

    private static void assertFailsAndKeeps(SimulatedDisk disk, Stall stall, List<Long> values)
            throws Exception {
        MelinNode<Long, Long> node = node(disk, STALL);
        CompletableFuture<String> start = start(node);
        stall.awaitEntered(LONG);
        while (node.state().state() != NodeState.FAILED) {
            assertThat(start).as("a start in a call that hangs").isNotDone();
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(node.state().current().cause()).isInstanceOf(StageStalledException.class);
        assertThat(node.state().current().reason()).contains("recovery stands still");
        long changes = disk.changes();

        stall.release();

        assertThatThrownBy(() -> start.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
        assertThat(disk.changes()).as("changes after the one that hung").isEqualTo(changes);
        assertThat(disk.locks()).isEmpty();
        assertThat(node.state().state()).isEqualTo(NodeState.FAILED);

        disk.clearFaults();
        try (MelinNode<Long, Long> next = node(disk, LONG)) {
            next.start();
            assertThat(values(next)).isEqualTo(values);
        }
    }

    /** Two events that were answered, and no orderly stop. */
    private static SimulatedDisk crashed(long seed) {
        SimulatedDisk disk = new SimulatedDisk(seed);
        try (MelinNode<Long, Long> node = node(disk, LONG)) {
            node.start();
            node.operations().submitAndWait(5L, EventId.of(1, 1), LONG);
            node.operations().submitAndWait(6L, EventId.of(1, 2), LONG);
            DiskImage image = disk.crashImage(CrashPlan.losingAll());
            node.stop(Duration.ZERO);
            disk.restore(image);
        }
        return disk;
    }

    private static int changesOfAStart(SimulatedDisk disk) {
        long before = disk.changes();
        try (MelinNode<Long, Long> node = node(disk, LONG)) {
            node.start();
            return (int) (disk.changes() - before);
        }
    }

    private static List<Long> values(MelinNode<Long, Long> node) {
        return node.operations()
                .query(LedgerApplication.class, (ledger, live) -> ledger.state().values())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static CompletableFuture<String> start(MelinNode<Long, Long> node) {
        CompletableFuture<String> started = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                node.start();
                                started.complete("started");
                            } catch (RuntimeException | Error e) {
                                started.completeExceptionally(e);
                            }
                        },
                        "starter");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    private static MelinNode<Long, Long> node(SimulatedDisk disk, Duration stall) {
        MelinConfig small = MelinFixture.smallConfig();
        MelinConfig config =
                small.withJournal(small.journal().withSegmentBytes(SEGMENT_BYTES))
                        .withStages(new StageConfig(Layout.COMPACT, Map.of()))
                        .withStallTimeout(stall);
        return MelinNode.create(
                new JournaledApplication.Program<>(
                        new LedgerApplication(Duration.ZERO),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC),
                config,
                new NodePorts(
                        disk,
                        SystemTime.INSTANCE,
                        Threads.PLATFORM,
                        Pinning.NONE,
                        NettyTransport::new));
    }
}
