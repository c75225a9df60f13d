package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.health.NodeState;
import io.melin.node.GatewaySetup;
import io.melin.stage.Layout;
import io.melin.testing.LeakCheck;
import io.melin.testing.LeakWatch;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good, rude and absent clients, in the clear and over TLS: no buffer is lost. */
class GatewayLeakTest {
    private static final GatewayTimeouts TIMEOUTS =
            new GatewayTimeouts(
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(4),
                    Duration.ofMillis(500),
                    Duration.ofMillis(1_500),
                    Duration.ofSeconds(2));

    @TempDir Path directory;

    /** Where a client's sockets come from. */
    private interface Sockets {
        RawClient connect() throws IOException;
    }

    @Test
    void theWatchSeesALeak() throws Exception {
        try (LeakWatch watch = new LeakWatch()) {
            for (int i = 0; i < 10; i++) {
                Unpooled.directBuffer(64).touch(LeakCheck.PLANTED);
            }
            assertThat(watch.leaks()).isNotEmpty();
        }
    }

    @Test
    void inTheClear() throws Exception {
        try (LeakWatch watch = new LeakWatch()) {
            try (GatewayNode node = node(null)) {
                all(node, () -> new RawClient(node.address()));
            }
            assertThat(watch.leaks()).isEmpty();
        }
    }

    @Test
    void overTls() throws Exception {
        SSLContext context = TestTls.create(directory);
        try (LeakWatch watch = new LeakWatch()) {
            try (GatewayNode node = node(() -> context)) {
                all(
                        node,
                        () ->
                                new RawClient(
                                        context.getSocketFactory().createSocket(), node.address()));
                neverShakesHands(node);
            }
            assertThat(watch.leaks()).isEmpty();
        }
    }

    private GatewayNode node(@Nullable Supplier<SSLContext> tls) {
        GatewayConfig gateway =
                GatewayConfig.of(GatewayNode.FREE_PORT)
                        .withLimits(new GatewayLimits(64, 16, 1 << 20, 8L << 20, 16))
                        .withTimeouts(TIMEOUTS);
        GatewaySetup setup = new GatewaySetup(gateway, new DefaultProtocol(), null, tls);
        return GatewayNode.start(
                GatewayNode.config(directory.resolve("journal"), Layout.COMPACT).withGateway(setup),
                new Blob(),
                Blob.CODEC);
    }

    private static void all(GatewayNode node, Sockets sockets) throws Exception {
        inOrder(sockets);
        rude(node, sockets);
        garbage(node);
        deaf(node, sockets);
        inOrder(sockets);
        Eventually.holds(() -> node.connections() == 0, "connections are left");
        assertThat(node.node.state().state()).isEqualTo(NodeState.SERVING);
    }

    private static void inOrder(Sockets sockets) throws IOException {
        try (RawClient client = sockets.connect().identified(7)) {
            ByteBuffer frames = RawClient.buffer(1 << 15);
            for (int i = 1; i <= 300; i++) {
                ByteBuffer wrong = RawClient.request(i, Probe.EVENT, new byte[3]);
                frames.put(i % 7 == 0 ? wrong.flip() : RawClient.event(i, 100L * i).flip());
            }
            client.send(frames);
            for (int i = 1; i <= 300; i++) {
                assertThat(client.answerOfAnyReports()).isEqualTo(i);
            }
        }
    }

    /** They go while their answers are under way. */
    private static void rude(GatewayNode node, Sockets sockets) throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = sockets.connect().identified(100 + i)) {
                for (int number = 1; number <= 20; number++) {
                    client.send(RawClient.event(number, 30_000));
                }
                client.socket.setSoLinger(i % 2 == 0, 0);
            }
        }
        Eventually.holds(() -> node.connections() == 0, "connections are left");
    }

    /** To a node with TLS this is no handshake. */
    private static void garbage(GatewayNode node) {
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            try (RawClient client = new RawClient(node.address())) {
                byte[] bytes = new byte[500];
                random.nextBytes(bytes);
                client.sendBytes(bytes);
            } catch (IOException e) {
                // the node may be faster in closing than we are in sending
            }
        }
    }

    private static void deaf(GatewayNode node, Sockets sockets) throws IOException {
        long before = unread(node); // the rude may have been too slow as well
        List<RawClient> deaf = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = sockets.connect().identified(200 + i);
            deaf.add(client);
            for (int number = 1; number <= 200; number++) {
                client.send(RawClient.event(number, 60_000));
            }
        }
        Eventually.holds(
                () -> unread(node) == before + deaf.size(),
                () -> "peers that never read are still there: " + node.connections());
        for (RawClient client : deaf) {
            client.abort();
        }
    }

    private static long unread(GatewayNode node) {
        return node.drops(Drop.STALLED) + node.drops(Drop.BACKLOG);
    }

    private static void neverShakesHands(GatewayNode node) throws IOException {
        try (RawClient client = new RawClient(node.address())) {
            Eventually.holds(() -> node.connections() == 1, "it is not there yet");
            Eventually.holds(() -> node.connections() == 0, "it is still there");
            assertThat(client.socket.isClosed()).isFalse();
        }
    }
}
