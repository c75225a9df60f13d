package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.health.NodeState;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.pipeline.PipelineConfig;
import io.melin.stage.Layout;
import io.melin.testing.CounterApplication;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many connections ask ten times what the application can do, for a while: system property {@code
 * melin.overload.seconds}.
 */
class GatewayOverloadTest {
    private static final int SECONDS = Integer.getInteger("melin.overload.seconds", 8);
    private static final int CONNECTIONS = 100;
    private static final int WINDOW = 100;
    private static final long EVENT_NS = 1_000_000;
    private static final int TIMES = 10;
    private static final int RECOVERY_SECONDS_MAX = 15;
    private static final double RECOVERED = 0.5;
    private static final long HEAP_GROWTH_MAX = 64 << 20;
    private static final long DIRECT_GROWTH_MAX = 16 << 20;
    private static final GatewayTimeouts TIMEOUTS =
            new GatewayTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200));

    @TempDir Path directory;

    /** Takes its time over each event. */
    private static final class Slow implements Application<Long, Long> {
        @Override
        public void apply(Long event, EventContext context, Reports<Long> reports) {
            LockSupport.parkNanos(EVENT_NS);
            reports.add(event);
        }

        @Override
        public Slow fresh() {
            return new Slow();
        }

        @Override
        public void snapshot(SnapshotWriter out) {}

        @Override
        public void restore(SnapshotReader in, int version) {}
    }

    @Test
    @Timeout(240)
    void aFullNodeRefusesInOrderAndRecoversAtOnce() throws Exception {
        GatewayConfig gateway =
                GatewayConfig.of(GatewayNode.FREE_PORT)
                        .withLimits(new GatewayLimits(128, 128, 1 << 20, 64L << 20, 32))
                        .withTimeouts(TIMEOUTS);
        MelinConfig config =
                GatewayNode.config(directory, Layout.SHARED)
                        .withPipeline(new PipelineConfig(1 << 8, 1 << 17, 1 << 8, 1 << 17))
                        .withGateway(new GatewaySetup(gateway, new DefaultProtocol(), null, null));
        try (GatewayNode node = GatewayNode.start(config, new Slow(), CounterApplication.CODEC)) {
            calm(node, 1);
            SwarmLink.Tally before = calm(node, 11);
            System.out.println("overload: before, a second " + before.latencies);
            overload(node);
            int seconds = 0;
            double share = 0;
            while (share < RECOVERED && seconds < RECOVERY_SECONDS_MAX) {
                SwarmLink.Tally after = calm(node, 1_000 + 10L * seconds);
                seconds++;
                share = (double) after.answered / before.answered;
                System.out.println("overload: after, second " + seconds + " " + after.latencies);
            }
            assertThat(share).as("of the speed before").isGreaterThanOrEqualTo(RECOVERED);
            assertThat(node.node.state().state()).isEqualTo(NodeState.SERVING);
        }
    }

    /** What two patient clients get in a second. */
    private static SwarmLink.Tally calm(GatewayNode node, long firstClient) throws Exception {
        try (Swarm swarm = Swarm.start(node.address(), 2, 1, firstClient)) {
            Thread.sleep(1_000);
            swarm.awaitAnswers(20);
            SwarmLink.Tally tally = swarm.finish();
            assertThat(tally.busy + tally.draining + tally.unanswered).isZero();
            return tally;
        }
    }

    private static void overload(GatewayNode node) throws Exception {
        long heap = heapBytes();
        long direct = directBytes();
        long startNs = System.nanoTime();
        try (Swarm swarm = Swarm.start(node.address(), CONNECTIONS, WINDOW, 100)) {
            long heapMost = 0;
            long directMost = 0;
            while (System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(SECONDS)) {
                Thread.sleep(SECONDS * 1_000L / 4);
                heapMost = Math.max(heapMost, heapBytes() - heap);
                directMost = Math.max(directMost, directBytes() - direct);
            }
            long drainNs = System.nanoTime();
            SwarmLink.Tally tally = swarm.finish();
            double drainMs = (System.nanoTime() - drainNs) / 1e6;
            System.out.printf(
                    "overload: %d s, answered %d, refused %d, heap +%d KiB, direct +%d KiB,"
                            + " drained in %.0f ms, %s%n",
                    SECONDS,
                    tally.answered,
                    tally.busy,
                    heapMost >> 10,
                    directMost >> 10,
                    drainMs,
                    tally.latencies);
            assertThat(tally.answered).isGreaterThan(100);
            assertThat(tally.busy + tally.answered).isGreaterThan(TIMES * tally.answered);
            assertThat(tally.draining + tally.unanswered).isZero();
            assertThat(heapMost).isLessThan(HEAP_GROWTH_MAX);
            assertThat(directMost).isLessThan(DIRECT_GROWTH_MAX);
        }
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Of the platform, and what the library takes past it. */
    private static long directBytes() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
