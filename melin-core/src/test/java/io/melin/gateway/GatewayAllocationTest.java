package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.stage.Layout;
import io.melin.stage.ThreadFacts;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A million events over sockets: the threads that they pass allocate nothing.
 *
 * <p>From JDK 24 on the library may not replace the selector's set of ready keys, so that each
 * select that finds some allocates a node a key and an iterator: some 64 bytes for what one read
 * brings, measured 0.15 to 0.9 bytes an event here.
 */
class GatewayAllocationTest {
    private static final int WARM_UP = 300_000;
    private static final int EVENTS = Integer.getInteger("melin.allocation.events", 1_000_000);
    private static final int CONNECTIONS = 4;
    private static final int WINDOW = 512;

    /** The wall clock is asked ten times a second, however few events there are. */
    private static final double CLOCK_BYTES_A_SECOND = 10 * 24;

    /** Those of the hot path, and the one beside the gateway. */
    private static final List<String> STAGES =
            List.of("ingress", "journal", "application", "disk", "response", "gateway");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Level watched = ResourceLeakDetector.getLevel();

    @TempDir Path directory;

    /** It would allocate for each buffer and each use of one. */
    @BeforeEach
    void withoutLeakDetection() {
        ResourceLeakDetector.setLevel(Level.DISABLED);
    }

    @AfterEach
    void withLeakDetection() {
        ResourceLeakDetector.setLevel(watched);
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"SHARED", "COMPACT"})
    @Timeout(240)
    void threadsAllocateUnderAHundredthOfAByteAnEvent(Layout layout) throws Exception {
        GatewayConfig gateway = GatewayConfig.of(GatewayNode.FREE_PORT);
        GatewaySetup setup = new GatewaySetup(gateway, new DefaultProtocol(), null, null);
        try (GatewayNode node =
                        GatewayNode.start(
                                MelinNode.create(
                                        new Flyweights(),
                                        new Flyweights.AmountCodec(),
                                        new Flyweights.AmountCodec(),
                                        GatewayNode.config(directory, layout).withGateway(setup)));
                Swarm swarm = Swarm.start(node.address(), CONNECTIONS, WINDOW, 1)) {
            swarm.awaitAnswers(WARM_UP / CONNECTIONS);
            Map<String, Long> before = allocated(node);
            long answersBefore = swarm.answers();
            long startNs = System.nanoTime();
            swarm.awaitAnswers((WARM_UP + EVENTS) / CONNECTIONS);
            Map<String, Long> after = allocated(node);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            double events = swarm.answers() - answersBefore;

            assertThat(after).isNotEmpty();
            after.forEach((thread, bytes) -> {
                long grown = bytes - before.getOrDefault(thread, 0L);
                System.out.printf(
                        "%s: %s allocated %d bytes in %.1f s, %.5f an event%n",
                        layout, thread, grown, seconds, grown / events);
                assertThat((grown - seconds * CLOCK_BYTES_A_SECOND) / events)
                        .as("bytes an event on " + thread)
                        .isLessThan(limit(thread));
            });
            swarm.finish();
        }
    }

    private static double limit(String thread) {
        boolean isSelecting = thread.contains("ingress") && Runtime.version().feature() >= 24;
        return isSelecting ? 4 : 0.01;
    }

    private static Map<String, Long> allocated(GatewayNode node) {
        Map<String, Long> bytes = new TreeMap<>();
        NodeStatus.Run run = Objects.requireNonNull(node.node.status().run());
        for (ThreadFacts thread : run.threads()) {
            if (thread.stages().stream().anyMatch(STAGES::contains)) {
                bytes.put(thread.name(), THREADS.getThreadAllocatedBytes(thread.threadId()));
            }
        }
        return bytes;
    }
}
