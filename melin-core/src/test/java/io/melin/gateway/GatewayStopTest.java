package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.health.NodeState;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinNode;
import io.melin.stage.Layout;
import io.melin.testing.CounterApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a node, while its clients go on. */
class GatewayStopTest {
    private static final int ROUNDS = Integer.getInteger("melin.stop.rounds", 20);
    private static final int CONNECTIONS = 8;
    private static final int WINDOW = 32;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir Path directory;

    private static InetSocketAddress freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return new InetSocketAddress(loopback, socket.getLocalPort());
        }
    }

    private MelinNode<Long, Long> node(InetSocketAddress address, Layout layout) {
        GatewaySetup setup =
                new GatewaySetup(GatewayConfig.of(address), new DefaultProtocol(), null, null);
        return MelinNode.create(
                new CounterApplication(),
                CounterApplication.CODEC,
                CounterApplication.CODEC,
                GatewayNode.config(directory, layout).withGateway(setup));
    }

    private static long sequence(MelinNode<?, ?> node) {
        return Objects.requireNonNull(node.status().run()).cursors().stamped();
    }

    /** Every event that was numbered is answered, and every client is told or cut off. */
    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"SHARED", "COMPACT"})
    @Timeout(240)
    void aDrainedStopDeliversEveryAnswerAndTheNextStartHasThePort(Layout layout) throws Exception {
        InetSocketAddress address = freePort();
        long descriptors = 0;
        long answered = 0;
        long draining = 0;
        MelinNode<Long, Long> node = node(address, layout);
        for (int round = 0; round < ROUNDS; round++) {
            node.start();
            assertThat(sequence(node)).as("answers of round " + round).isEqualTo(answered);
            try (Swarm swarm =
                    Swarm.start(address, CONNECTIONS, WINDOW, 1L + round * CONNECTIONS)) {
                swarm.awaitAnswers(WINDOW);
                node.stop(Duration.ofSeconds(20));
                SwarmLink.Tally tally = swarm.finish();
                assertThat(swarm.isCutOff()).isTrue();
                assertThat(tally.busy).isZero();
                answered += tally.answered;
                draining += tally.draining;
            }
            assertThat(node.state().state()).isEqualTo(NodeState.DRAINING);
            assertThat(melinThreads()).isEmpty();
            if (round == 0) {
                descriptors = descriptors();
            }
        }
        System.out.println(layout + " stops: answered " + answered + ", draining " + draining);
        assertThat(answered).isGreaterThan(ROUNDS * CONNECTIONS * WINDOW);
        long most = descriptors;
        Eventually.holds(() -> descriptors() <= most, "sockets or selectors are left");
    }

    /** A node that fails lets go of its clients, so that they look for another one. */
    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"SHARED", "COMPACT"})
    void aFailureClosesAllConnections(Layout layout) throws Exception {
        InetSocketAddress address = freePort();
        MelinNode<Long, Long> node = node(address, layout);
        node.start();
        try (Swarm swarm = Swarm.start(address, CONNECTIONS, WINDOW, 1);
                RawClient idle = RawClient.ready(address, 98);
                RawClient poison = RawClient.ready(address, 99)) {
            swarm.awaitAnswers(WINDOW);
            poison.send(RawClient.event(1, Long.MIN_VALUE));
            Eventually.holds(swarm::isCutOff, "clients of a dead node are not told");
            assertThat(idle.isAtEnd()).isTrue();
            assertThat(poison.isAtEnd()).as("no answer to what was never applied").isTrue();
        }
        Eventually.holds(() -> node.state().state() == NodeState.FAILED, "the node goes on");
        node.close();
        assertThat(melinThreads()).isEmpty();
    }

    /** Nothing is left of a start that failed, however often it is tried. */
    @Test
    void aPortInUseFailsTheStartAndLeavesNothing() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
            MelinNode<Long, Long> node =
                    node(new InetSocketAddress(loopback, taken.getLocalPort()), Layout.COMPACT);
            long before = 0;
            for (int i = 0; i < 10; i++) {
                try {
                    node.start();
                    throw new AssertionError("two listen on one port");
                } catch (RuntimeException e) {
                    assertThat(e).hasMessageContaining(String.valueOf(taken.getLocalPort()));
                }
                before = i == 1 ? descriptors() : before;
            }
            long most = before;
            Eventually.holds(() -> descriptors() <= most, "selectors are left");
            assertThat(melinThreads()).isEmpty();
        }
    }

    private static Stream<String> melinThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("melin-"));
    }

    private static long descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
