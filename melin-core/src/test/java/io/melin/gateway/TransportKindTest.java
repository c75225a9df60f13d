package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.melin.cursor.Cursor;
import io.melin.gateway.netty.NettyTransport;
import io.melin.stage.Waiter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the ways to serve sockets might differ: they must not, but for their name. */
class TransportKindTest {
    /** So long that a lost wake-up becomes a time-out of the test instead of a slow success. */
    private static final long AWAIT_NS = 10_000_000_000L;

    private static final int HAND_OFFS = 50_000;

    @Test
    void saysWhichItReallyIs() {
        NettyTransport nio = Sockets.listen(TransportKind.NIO);
        NettyTransport auto = Sockets.listen(TransportKind.AUTO);
        try {
            assertThat(nio.kind()).isEqualTo(TransportKind.NIO);
            assertThat(auto.kind()).isNotEqualTo(TransportKind.AUTO);
            NettyTransport epoll = Sockets.listen(TransportKind.EPOLL);
            epoll.close();
            assertThat(epoll.kind()).isEqualTo(TransportKind.EPOLL);
            assertThat(auto.kind()).as("where there is epoll").isEqualTo(TransportKind.EPOLL);
        } finally {
            nio.close();
            auto.close();
        }
    }

    /** W1: epoll forgets a wake-up that comes while nobody waits. */
    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    @Timeout(55)
    void losesNoHandOffToTheThreadThatWaitsInIt(TransportKind kind) throws Exception {
        NettyTransport transport = Sockets.listen(kind);
        Cursor asked = new Cursor(0);
        Cursor answered = new Cursor(0);
        Thread ingress = new Thread(() -> echo(transport, asked, answered), "ingress");
        ingress.start();

        for (long i = 1; i <= HAND_OFFS; i++) {
            asked.publish(i);
            transport.waiter().signal();
            while (answered.acquire() < i && ingress.isAlive()) {
                Thread.onSpinWait();
            }
        }

        ingress.join();
        assertThat(answered.acquire()).isEqualTo(HAND_OFFS);
    }

    private static void echo(NettyTransport transport, Cursor asked, Cursor answered) {
        transport.open(connection -> new Deaf(), Runnable::run);
        Waiter waiter = transport.waiter();
        while (answered.plain() < HAND_OFFS) {
            waiter.arm();
            if (asked.acquire() == answered.plain()) {
                waiter.await(AWAIT_NS);
            } else {
                waiter.disarm();
            }
            answered.publish(asked.acquire());
        }
        transport.close();
    }

    /** Whoever gives it up is another thread, and may not close what the loop still waits for. */
    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void acceptsNobodyOnceItIsGivenUp(TransportKind kind) throws Exception {
        NettyTransport transport = Sockets.listen(kind);
        transport.open(connection -> new Deaf(), Runnable::run);
        try (Socket before = new Socket("127.0.0.1", transport.address().getPort())) {
            Thread other = new Thread(transport::abandon);
            other.start();
            other.join();
            for (int i = 0; i < 3; i++) { // one that closes it, one in which a selector forgets it
                transport.poll();
            }

            assertThat(before.isConnected()).isTrue();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(
                            () -> new Socket("127.0.0.1", transport.address().getPort()).close());
        } finally {
            transport.close();
        }
        transport.abandon();
    }

    /** It came while the port was bound and nobody served it yet. */
    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void servesWhoConnectedBeforeItOpened(TransportKind kind) throws IOException {
        NettyTransport transport = Sockets.listen(kind);
        int[] accepted = {0};
        try (Socket early = new Socket("127.0.0.1", transport.address().getPort())) {
            transport.open(
                    connection -> {
                        accepted[0]++;
                        return new Deaf();
                    },
                    Runnable::run);
            for (int i = 0; i < 100 && accepted[0] == 0; i++) {
                transport.poll();
            }
            assertThat(early.isConnected()).isTrue();
            assertThat(accepted[0]).isEqualTo(1);
        } finally {
            transport.close();
        }
    }

    private static final class Deaf implements Transport.Receiver {
        @Override
        public void received(ByteBuffer bytes) {
            // nobody speaks
        }

        @Override
        public void closed() {
            // the test ends
        }
    }
}
