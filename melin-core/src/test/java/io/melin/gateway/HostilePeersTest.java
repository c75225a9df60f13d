package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.gateway.RawClient.Answer;
import io.melin.gateway.RawClient.Frame;
import io.melin.health.NodeState;
import io.melin.stage.Layout;
import io.melin.wire.Code;
import io.melin.wire.ErrorFrame;
import io.melin.wire.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers can do over a socket, with others measured beside it. */
class HostilePeersTest {
    /** One a second with 1000, which takes longer. */
    private static final int DRIBBLE_MS = Integer.getInteger("melin.dribble.ms", 50);

    private static final GatewayLimits LIMITS = new GatewayLimits(128, 256, 1 << 18, 8L << 20, 32);
    private static final GatewayTimeouts TIMEOUTS =
            new GatewayTimeouts(
                    Duration.ofMillis(400),
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(300),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500));

    @TempDir Path directory;

    private GatewayNode node;
    private Bystanders others;

    @BeforeEach
    void start() {
        GatewayConfig gateway =
                GatewayConfig.of(GatewayNode.FREE_PORT).withLimits(LIMITS).withTimeouts(TIMEOUTS);
        node = GatewayNode.start(GatewayNode.config(directory, Layout.COMPACT), gateway, null);
        others = new Bystanders(node.address(), 1_000);
    }

    @AfterEach
    void staysServing() {
        assertThat(node.node.state().state()).isEqualTo(NodeState.SERVING);
        Eventually.holds(
                () -> node.connections() == 0, "connections are left: " + node.connections());
        node.close();
    }

    @Test
    void garbage() throws Exception {
        Random random = new Random(1);
        others.watch(
                "garbage",
                () -> {
                    for (int i = 0; i < 100; i++) {
                        try (RawClient client = new RawClient(node.address())) {
                            byte[] bytes = new byte[1 + random.nextInt(3_000)];
                            random.nextBytes(bytes);
                            client.sendBytes(bytes);
                        } catch (IOException e) {
                            // the node may be faster in closing than we are in sending
                        }
                    }
                });
    }

    @Test
    void aFrameThatIsCutOff() throws Exception {
        others.watch(
                "truncated",
                () -> {
                    for (int i = 1; i < 100; i++) {
                        try (RawClient client = others.hostile()) {
                            client.send(RawClient.event(1, 1));
                            byte[] next = RawClient.event(2, 1).array();
                            client.sendBytes(Arrays.copyOf(next, i % next.length));
                            assertThat(client.answer().isEnd()).isTrue();
                        }
                    }
                });
    }

    @Test
    void framesOfNoLengthAndOfAHugeOne() throws Exception {
        int[] lengths = {0, -1, 8, Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 16) + 10};
        others.watch(
                "zero-length and huge frames",
                () -> {
                    for (int length : lengths) {
                        try (RawClient client = others.hostile()) {
                            ByteBuffer frames = RawClient.buffer(1 << 12);
                            for (int i = 1; i <= 50; i++) {
                                frames.put(RawClient.event(i, 1).flip());
                            }
                            client.send(frames.putInt(length).put(new byte[64]));
                            endsWith(client, 50, Code.PROTOCOL);
                        }
                    }
                });
    }

    /** All requests before are answered, then the reason, then the end. */
    private static void endsWith(RawClient client, int answers, Code code) throws IOException {
        for (int i = 1; i <= answers; i++) {
            assertThat(client.answer().request()).isEqualTo(i);
        }
        Answer last = client.answer();
        assertThat(last.request()).isZero();
        assertThat(last.code()).isEqualTo(code);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void bytesThatDribble() throws Exception {
        others.watch(
                "dribble",
                () -> {
                    try (RawClient client = others.hostile()) {
                        for (byte one : RawClient.event(1, 1).array()) {
                            client.sendBytes(new byte[] {one});
                            Thread.sleep(DRIBBLE_MS);
                        }
                        assertThat(client.answer().isEnd()).isTrue();
                    }
                });
    }

    @Test
    void aPeerThatNeverSpeaks() throws Exception {
        others.watch("silent", () -> isIdle(new RawClient(node.address())));
    }

    private static void isIdle(RawClient client) throws IOException {
        try (client) {
            client.ready();
            assertThat(client.answer().code()).isEqualTo(Code.IDLE);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    /** It neither reads on nor closes: the node must be rid of it by itself. */
    @Test
    void aPeerThatIsGoneWithoutAWord() throws Exception {
        List<RawClient> gone = new ArrayList<>();
        others.watch(
                "half-open",
                () -> {
                    for (int i = 0; i < 10; i++) {
                        RawClient client = others.hostile();
                        client.send(RawClient.event(1, 1));
                        gone.add(client);
                    }
                    Eventually.holds(
                            () -> node.connections() <= Bystanders.CONNECTIONS,
                            "connections without a peer are still there");
                });
        assertThat(node.drops(Drop.IDLE)).isEqualTo(10);
        for (RawClient client : gone) {
            client.close();
        }
    }

    /** A connection that is alive by its heartbeats only stays. */
    @Test
    void whoeverSendsHeartbeatsStays() throws Exception {
        try (RawClient client = others.hostile()) {
            for (int i = 0; i < 20; i++) {
                client.send(RawClient.request(0, Tag.HEARTBEAT, new byte[0]));
                Thread.sleep(100);
            }
            client.send(RawClient.event(1, 1));
            Frame first = client.next();
            assertThat(first.tag()).as("the node has sent some too").isEqualTo(Tag.HEARTBEAT);
            assertThat(client.answer().isEnd()).isTrue();
        }
    }

    /** One connection that never waits among fifty that do. */
    @Test
    void aFlood() throws Exception {
        try (Swarm fifty = Swarm.start(node.address(), 50, 1, 1)) {
            others.watch(
                    "flood",
                    () -> {
                        try (Swarm flood = Swarm.start(node.address(), 1, 256, 99)) {
                            Thread.sleep(1_000);
                            SwarmLink.Tally tally = flood.finish();
                            System.out.println("flood: the flood itself " + tally.latencies);
                        }
                    });
            SwarmLink.Tally tally = fifty.finish();
            System.out.println("flood: the fifty " + tally.latencies);
            assertThat(tally.busy).isZero();
        }
    }

    @Test
    void theReasonOfAnEndIsReadable() throws Exception {
        try (RawClient client = others.hostile()) {
            client.send(RawClient.buffer(4).putInt(-7));
            Frame frame = client.next();
            assertThat(frame.tag()).isEqualTo(Tag.ERROR);
            assertThat(ErrorFrame.text(frame.payload())).contains("4294967289");
        }
    }
}
