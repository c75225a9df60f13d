package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.gateway.netty.NettyTransport;
import io.melin.health.NodeState;
import io.melin.journal.RotationResult;
import io.melin.journal.RotationResult.Outcome;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.node.RotationTotals;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.stage.Pinning;
import io.melin.stage.Threads;
import io.melin.time.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rotations of a whole node, under load and by hand. */
@ExtendWith(QuietNodes.class)
@Timeout(120)
class NodeRotationTest {
    private static final int EVENTS = 3_000;

    private static MelinNode<Long, Long> node(SimulatedDisk disk, Layout layout) {
        Map<String, Integer> cores =
                layout == Layout.DEDICATED ? Map.of("disk", 0, "ingress", 0) : Map.of();
        MelinConfig config = MelinFixture.smallConfig().withStages(new StageConfig(layout, cores));
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

    @ParameterizedTest
    @EnumSource(names = {"SHARED", "COMPACT", "DEDICATED"})
    void losesNothingUnderLoadInAnyLayout(Layout layout) throws Exception {
        SimulatedDisk disk = new SimulatedDisk(1);
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        List<CompletableFuture<RotationResult>> asked = new ArrayList<>();
        RotationTotals totals;
        try (MelinNode<Long, Long> node = node(disk, layout)) {
            node.start();
            for (long value = 1; value <= EVENTS; value++) {
                answers.add(node.operations().submit(value, EventId.none()));
                if (value % 50 == 0) {
                    asked.add(node.rotate());
                }
                if (value % 64 == 0) {
                    answers.get((int) value - 64).get(30, TimeUnit.SECONDS);
                }
            }
            for (CompletableFuture<MelinResult<Long>> answer : answers) {
                answer.get(30, TimeUnit.SECONDS);
            }
            for (CompletableFuture<RotationResult> rotation : asked) {
                rotation.get(30, TimeUnit.SECONDS);
            }
            totals = node.meters().rotations();
            node.stop(Duration.ofSeconds(10));
        }

        System.out.println("NodeRotationTest: layout=" + layout + ", " + totals);
        assertThat(totals.failed()).isZero();
        assertThat(totals.fast() + totals.fallback()).isGreaterThan(5);
        disk.crash(CrashPlan.losingAll());
        try (MelinNode<Long, Long> next = node(disk, layout)) {
            next.start();
            List<Long> values =
                    next.operations()
                            .query(LedgerApplication.class, (ledger, live) -> ledger.state())
                            .get(30, TimeUnit.SECONDS)
                            .values();
            assertThat(values).hasSize(EVENTS).isSorted();
        }
    }

    @Test
    void countsOverRestartsAndTellsWhatARequestCameTo() {
        try (MelinFixture<Long, Long> melin =
                MelinFixture.of(
                        new LedgerApplication(Duration.ZERO),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC)) {
            CompletableFuture<RotationResult> empty = melin.node().rotate();
            melin.run();
            assertThat(empty.join().outcome()).isEqualTo(Outcome.EMPTY);
            melin.given(1L, 2L);
            CompletableFuture<RotationResult> rotated = melin.node().rotate();
            assertThat(rotated).isNotDone();
            melin.run();
            assertThat(rotated.join()).isEqualTo(new RotationResult(Outcome.FAST, 1, 2));
            melin.restart().given(3L);
            melin.run();
            melin.node().rotate();
            melin.run();
            assertThat(melin.node().meters().rotations()).isEqualTo(new RotationTotals(2, 0, 0));
            melin.node().stop(Duration.ofSeconds(1));
            assertThatThrownBy(() -> melin.node().rotate().join())
                    .hasMessageContaining("node does not run");
        }
    }

    /** A rotation that fails is no failure of the node. */
    @Test
    void servesOnAfterARotationThatFailed() {
        try (MelinFixture<Long, Long> melin =
                MelinFixture.of(
                        new LedgerApplication(Duration.ZERO),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC)) {
            melin.given(1L).run();
            melin.disk().failAt(DiskCall.Kind.RENAME, 2, Fault.noSpace());
            CompletableFuture<RotationResult> failed = melin.node().rotate();
            melin.run();

            assertThatThrownBy(failed::join).hasMessageContaining("No space left on device");
            assertThat(melin.node().state().state()).isEqualTo(NodeState.SERVING);
            assertThat(melin.node().meters().rotations().failed()).isEqualTo(1);
            melin.given(2L).crashAndRecover();
            LedgerApplication.State state =
                    melin.query(LedgerApplication.class, (ledger, live) -> ledger.state());
            assertThat(state.values()).containsExactly(1L, 2L);
        }
    }

    /** Whoever waits for a rotation hears of the end of the node. */
    @Test
    void tellsWhoeverWaitsThatTheNodeFailed() {
        try (MelinFixture<Long, Long> melin =
                MelinFixture.of(
                        new LedgerApplication(Duration.ZERO),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC)) {
            melin.given(1L).run();
            melin.disk().failFrom(DiskCall.Kind.FORCE, 1, Fault.eio());
            CompletableFuture<MelinResult<Long>> event = melin.inFlight(2L, EventId.none());
            CompletableFuture<RotationResult> rotation = melin.node().rotate();
            melin.run();

            assertThat(event).isCompletedExceptionally();
            assertThat(rotation).isCompletedExceptionally();
            assertThat(melin.node().state().state()).isEqualTo(NodeState.FAILED);
        }
    }
}
