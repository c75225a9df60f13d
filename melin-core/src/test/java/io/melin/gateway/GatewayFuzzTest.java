package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.health.NodeState;
import io.melin.stage.Layout;
import io.melin.testing.Seeds;
import io.melin.wire.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes in any pieces: a session answers or ends, the ingress thread never throws, nothing is
 * left. What the server says is always whole frames, as {@link AnswerReader} reads them.
 */
class GatewayFuzzTest {
    private static final int STREAMS = Integer.getInteger("melin.fuzz.streams", 1_000);
    private static final int CHUNKS_MAX = 600;

    @TempDir Path directory;

    private final Signer trader = new Signer();

    @TestFactory
    Stream<DynamicTest> anyStreamIsAnsweredOrEnds() {
        return Seeds.each(GatewayFuzzTest.class, (random, repro) -> streams(random));
    }

    private static void streams(Random random) {
        Rig rig = new Rig(Rig.limits(32, 4));
        Mutant mutant = new Mutant(random);
        for (int i = 0; i < STREAMS; i++) {
            FakeSocket socket = rig.transport.connect();
            socket.readBytesMax = 1 + random.nextInt(60);
            socket.room = random.nextInt(6) == 0 ? random.nextInt(200) : Long.MAX_VALUE;
            send(socket, mutant.stream());
            for (int step = random.nextInt(40); step > 0; step--) {
                rig.ingress();
                rig.application(random.nextInt(3));
                rig.response(random.nextInt(3));
            }
            assertThat(rig.transport.chunksInUse()).isLessThan(CHUNKS_MAX);
            switch (random.nextInt(4)) {
                case 0 -> socket.close();
                case 1 -> rig.settle();
                default -> rig.clock.pass(Duration.ofMillis(random.nextInt(200)));
            }
        }
        rig.transport.sockets.forEach(FakeSocket::close);
        rig.settle();
        assertThat(rig.door.connections()).isZero();
        assertThat(rig.door.inFlight()).isZero();
        rig.pass(Rig.TIMEOUTS.stall().multipliedBy(2));
        assertThat(rig.transport.chunksInUse()).isZero();
    }

    private static void send(FakeSocket socket, byte[] bytes) {
        socket.sends(ByteBuffer.wrap(bytes).position(bytes.length));
    }

    /** Who is let in has sent the one right answer, byte by byte. */
    @TestFactory
    Stream<DynamicTest> noDamagedSignatureIsLetIn() {
        return Seeds.each(GatewayFuzzTest.class, (random, repro) -> signatures(random));
    }

    private void signatures(Random random) throws IOException {
        Path file = Signer.file(directory, trader.line(Role.TRADER));
        Rig rig = new Rig(Rig.limits(32, 4), new AuthorizedKeys(file));
        Mutant mutant = new Mutant(random);
        for (int i = 0; i < STREAMS / 10; i++) {
            FakeSocket socket = rig.transport.connect();
            byte[] good = trader.answer(Objects.requireNonNull(socket.peer.challenge)).array();
            byte[] sent = mutant.damaged(good);
            send(socket, sent);
            rig.settle();

            boolean isGood =
                    sent.length >= good.length
                            && Arrays.equals(sent, 0, good.length, good, 0, good.length);
            boolean isNumbered = isGood || differsInNumberOnly(sent, good);
            assertThat(socket.peer.readies).isEqualTo(isNumbered ? 1 : 0);
            socket.close();
            rig.settle();
        }
        assertThat(rig.door.connections()).isZero();
        assertThat(rig.transport.chunksInUse()).isZero();
    }

    /** The request number of a session's frame says nothing, and nobody looks at it. */
    private static boolean differsInNumberOnly(byte[] sent, byte[] good) {
        int from = Integer.BYTES;
        int to = from + Long.BYTES;
        return sent.length >= good.length
                && Arrays.equals(sent, 0, from, good, 0, from)
                && Arrays.equals(sent, to, good.length, good, to, good.length);
    }

    @Test
    void aLiveNodeServesOn() throws Exception {
        Random random = new Random(7);
        Mutant mutant = new Mutant(random);
        try (GatewayNode node = GatewayNode.start(GatewayNode.config(directory, Layout.COMPACT))) {
            Bystanders others = new Bystanders(node.address(), 1_000);
            others.watch(
                    "fuzz",
                    () -> {
                        for (int i = 0; i < 200; i++) {
                            fuzz(node, mutant.stream());
                        }
                    });
            Eventually.holds(() -> node.connections() == 0, "connections are left");
            assertThat(node.node.state().state()).isEqualTo(NodeState.SERVING);
        }
    }

    private static void fuzz(GatewayNode node, byte[] bytes) {
        try (RawClient client = new RawClient(node.address())) {
            client.sendBytes(Arrays.copyOf(bytes, bytes.length / 2));
            client.sendBytes(Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length));
        } catch (IOException e) {
            // the node may be faster in closing than we are in sending
        }
    }
}
