package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.MelinResult;
import io.melin.testing.Seeds;
import io.melin.wire.BusyFrame;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@link ClientSession} with a server that breaks the protocol, or answers out of turn. */
class ClientSessionServerTest {

    /** S1, S2. */
    @Test
    void nothingButAnEndAtItsTurnIsASuccess() {
        List<Consumer<FakeGateway.Peer>> lies =
                List.of(
                        peer -> end(peer, 2),
                        peer -> end(peer, 77),
                        peer -> end(peer, 0),
                        peer -> end(peer, -1),
                        peer -> peer.error(0, Code.FORBIDDEN, ""),
                        peer -> peer.error(1, Code.PROTOCOL, ""),
                        peer -> peer.error(2, Code.FORBIDDEN, ""),
                        peer -> busy(peer, 1, Code.REJECTED),
                        peer -> busy(peer, 2, Code.OVERLOADED),
                        peer -> raw(peer, Tag.END, 24),
                        peer -> raw(peer, Tag.END, 26),
                        peer -> raw(peer, Tag.ERROR, 25),
                        peer -> raw(peer, Tag.ERROR, 26), // code 0
                        peer -> raw(peer, Tag.ERROR, 26 + 1_025),
                        peer -> raw(peer, Tag.BUSY, 10),
                        peer -> raw(peer, Tag.HEARTBEAT, 1),
                        peer -> raw(peer, Tag.READY, 24),
                        peer -> raw(peer, Tag.CHALLENGE, 36),
                        peer -> raw(peer, Tag.AUTHENTICATION_FAILED, 1),
                        peer -> raw(peer, Tag.HIGHEST_REQUEST, 8),
                        peer -> raw(peer, Tag.EVENT, 8),
                        peer -> raw(peer, (byte) 0x50, 8),
                        peer -> raw(peer, (byte) -1, 8),
                        peer -> peer.room(4).putInt(0),
                        peer -> peer.room(4).putInt(-1),
                        peer -> peer.room(4).putInt((1 << 20) + 1));
        for (int i = 0; i < lies.size(); i++) {
            Bench bench = Bench.ready(Bench.config());
            CompletableFuture<MelinResult<Long>> first = bench.submit(1);
            CompletableFuture<MelinResult<Long>> second = bench.submit(2);
            bench.step();
            bench.transport.take(); // the server never sees them

            lies.get(i).accept(bench.peer());
            bench.receive();

            assertThat(bench.isConnected()).as("lie %s", i).isFalse();
            assertThat(bench.client.state()).as("lie %s", i).isEqualTo(ClientState.WAITING);
            assertThat(first).isNotDone();
            bench.passPause();
            bench.settle();
            assertThat(first.join().reports()).containsExactly(1L);
            assertThat(second.join().reports()).containsExactly(2L, 2L);
        }
    }

    static void end(FakeGateway.Peer peer, long request) {
        EndFrame.write(peer.room(EndFrame.FRAME_BYTES), request, 1, 1, false);
    }

    private static void busy(FakeGateway.Peer peer, long request, Code code) {
        BusyFrame.write(peer.room(BusyFrame.FRAME_BYTES), request, code);
    }

    static void raw(FakeGateway.Peer peer, byte tag, int payloadBytes) {
        ResponseFrame.begin(peer.room(64 + payloadBytes), tag, payloadBytes)
                .put(new byte[payloadBytes]);
    }

    @Test
    void anAnswerWithoutARequestEndsTheConnection() {
        Bench bench = Bench.ready(Bench.config());

        raw(bench.peer(), Tag.REPORT, 8);
        bench.receive();

        assertThat(bench.isConnected()).isFalse();
    }

    /** S2. */
    @TestFactory
    Stream<DynamicTest> anyBytesInAnyPiecesEndTheConnectionAndThrowNothing() {
        return Seeds.each(
                getClass(),
                (random, repro) -> {
                    for (int round = 0; round < 500; round++) {
                        garbage(random, round % 2 == 0);
                    }
                });
    }

    private static void garbage(Random random, boolean isReady) {
        Bench bench = new Bench(Bench.config());
        bench.step();
        if (isReady) {
            bench.settle();
        }
        CompletableFuture<MelinResult<Long>> future = bench.submit(1);
        bench.step();
        bench.transport.take();
        byte[] garbage = new byte[5 + random.nextInt(300)];
        random.nextBytes(garbage);
        if (random.nextInt(4) > 0) {
            garbage[0] = (byte) (1 + random.nextInt(60));
            garbage[1] = 0;
            garbage[2] = 0;
            garbage[3] = 0;
            garbage[4] = (byte) random.nextInt(random.nextBoolean() ? 10 : 80);
        }

        int middle = random.nextInt(garbage.length);
        bench.give(Arrays.copyOf(garbage, middle));
        bench.give(Arrays.copyOfRange(garbage, middle, garbage.length));

        assertThat(future).isNotCompleted();
        bench.cut("end of garbage");
        bench.passPause();
        bench.settle();
        assertThat(future.join().reports()).containsExactly(1L);
        assertThat(bench.gateway.order).containsExactly(1L);
    }
}
