package io.melin.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WireLoopTest {
    private static final long MS = 1_000_000;
    private static final int RATE = 2_000;
    private static final int WINDOW = 4_096;

    private final ServerSocket server = listen();
    private long restAt = -1;
    private long restMs;
    private long closeAt = -1;

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void serve() {
        Thread thread = new Thread(this::answer, "answers");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOpenLoopSendsAtItsRate(boolean spins) throws Exception {
        Histogram latencies = open(new WireLoop.Pace(RATE, spins), 500, 1_000);

        assertThat(latencies.getTotalCount()).isBetween(RATE * 8L / 10, RATE * 12L / 10);
    }

    @Test
    void whatIsLateKeepsItsTime() throws Exception {
        restAt = RATE / 2;
        restMs = 400;

        Histogram latencies = open(new WireLoop.Pace(RATE, false), 0, 1_500);

        assertThat(latencies.getTotalCount()).isGreaterThan(RATE);
        assertThat(latencies.getMaxValue()).isGreaterThan(350 * MS);
        long late = latencies.getCountBetweenValues(100 * MS, Long.MAX_VALUE / 4);
        assertThat(late).as("due while the server rested").isGreaterThan(RATE / 5);
    }

    @Test
    void aClosedLoopHasItsWindowInFlight() throws Exception {
        restAt = 16;
        restMs = 200;

        try (Wire wire = wire(16);
                WireLoop loop = new WireLoop(new WireLoop.Pace(0, false), List.of(wire))) {
            loop.run(0, 500 * MS);

            long late = loop.latencies().getCountBetweenValues(150 * MS, Long.MAX_VALUE / 4);
            assertThat(late).isEqualTo(16);
        }
    }

    @Test
    void aServerThatClosesIsAnError() {
        closeAt = 100;

        assertThatThrownBy(() -> open(new WireLoop.Pace(RATE, false), 0, 10_000))
                .isInstanceOf(IOException.class);
    }

    private Histogram open(WireLoop.Pace pace, long warmUpMs, long measuredMs) throws Exception {
        try (Wire wire = wire(WINDOW);
                WireLoop loop = new WireLoop(pace, List.of(wire))) {
            loop.run(warmUpMs * MS, measuredMs * MS);
            assertThat(wire.isIdle()).isTrue();
            return loop.latencies();
        }
    }

    private Wire wire(int window) throws IOException {
        InetAddress loopback = server.getInetAddress();
        InetSocketAddress address = new InetSocketAddress(loopback, server.getLocalPort());
        return new Wire(address, new FloorDialect(100), window);
    }

    private void answer() {
        try (Socket socket = server.accept();
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            OutputStream out = socket.getOutputStream();
            ByteBuffer answer = ByteBuffer.allocate(FloorDialect.ANSWER_BYTES);
            answer.order(ByteOrder.LITTLE_ENDIAN);
            for (long i = 1; i != closeAt; i++) {
                in.skipNBytes(FloorDialect.HEAD_BYTES + 100L);
                if (i == restAt) {
                    Thread.sleep(restMs);
                }
                out.write(answer.putLong(0, i).array());
            }
        } catch (EOFException e) {
            // the client has ended
        } catch (IOException | InterruptedException e) {
            if (closeAt < 0 && !server.isClosed()) {
                throw new AssertionError(e);
            }
        }
    }
}
