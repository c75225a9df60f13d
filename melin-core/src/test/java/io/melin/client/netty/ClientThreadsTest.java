package io.melin.client.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.MelinResult;
import io.melin.client.ClientConfig;
import io.melin.client.ClientIdentity;
import io.melin.client.ClientLimits;
import io.melin.client.ClientState;
import io.melin.client.CodecProtocol;
import io.melin.client.FakeGateway;
import io.melin.client.MelinClient;
import io.melin.testing.CounterApplication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of {@code QueuedClient}: C2 and C4, and W1 of {@link ClientLoop}. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeGateway gateway = new FakeGateway();
    private final List<MelinClient<Long, Long>> clients = new ArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new ScriptedServer(gateway);
    }

    @AfterEach
    void leave() throws IOException {
        clients.forEach(MelinClient::close);
        server.close();
    }

    private MelinClient<Long, Long> open(int window) {
        ClientConfig config =
                ClientConfig.of(server.address())
                        .withIdentity(ClientIdentity.of(9))
                        .withLimits(ClientLimits.DEFAULT.withWindow(window));
        MelinClient<Long, Long> client =
                NettyClient.open(
                        config,
                        new CodecProtocol<>(CounterApplication.CODEC, CounterApplication.CODEC));
        clients.add(client);
        return client;
    }

    /** C4. */
    @Test
    void aBlockedCallbackHoldsUpNoHeartbeatAndNoClose() throws Exception {
        gateway.idleMs = 300;
        CountDownLatch release = new CountDownLatch(1);
        MelinClient<Long, Long> client = open(16);
        client.awaitReady(LONG);
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<@Nullable Void> blocked =
                hang(
                        client,
                        () -> {
                            entered.countDown();
                            await(release);
                        });
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<MelinResult<Long>>> behind = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            behind.add(client.submit(1L));
        }

        assertThat(client.submitAndWait(2L, LONG).reports()).as("a waiting caller").hasSize(2);
        Thread.sleep(1_000); // more than three of the server's idle limits
        assertThat(client.state()).isEqualTo(ClientState.READY);
        assertThat(gateway.heartbeats()).isGreaterThan(3);
        assertThat(server.accepted).as("one connection, kept alive").hasValue(1);
        client.close();

        assertThat(behind).allMatch(CompletableFuture::isDone);
        release.countDown();
        blocked.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aCallbackMayCloseButNotWait() throws Exception {
        MelinClient<Long, Long> client = open(16);
        CompletableFuture<@Nullable Void> waited =
                hang(client, () -> client.submitAndWait(1L, LONG));
        assertThatThrownBy(() -> waited.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class);

        hang(client, client::close).get(20, TimeUnit.SECONDS);

        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        client.close();
        assertThat(NettyClientTest.threads()).isEmpty();
    }

    /** C2. */
    @Test
    void everyFutureEndsOnceWhenClosedUnderFire() throws Exception {
        for (int round = 0; round < 10; round++) {
            gateway.answers = round % 3 != 0;
            MelinClient<Long, Long> client = open(32);
            if (round % 2 == 0) {
                client.awaitReady(LONG);
            }
            ConcurrentLinkedQueue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();
            AtomicLong ends = new AtomicLong();
            List<Thread> callers = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                boolean waits = t == 0;
                callers.add(
                        new Thread(() -> {
                            while (client.state() != ClientState.CLOSED) {
                                submit(client, waits, futures, ends);
                            }
                        }));
            }
            callers.forEach(Thread::start);
            Thread.sleep(20);
            client.close();
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(futures).allMatch(CompletableFuture::isDone);
            assertThat(ends).hasValue(futures.size());
            assertThat(NettyClientTest.threads()).isEmpty();
        }
    }

    /** Hangs a callback on a request before it can be answered, so that it is not run right here. */
    private CompletableFuture<@Nullable Void> hang(
            MelinClient<Long, Long> client, Runnable callback) {
        synchronized (gateway) {
            return client.submit(1L).thenAccept(result -> callback.run());
        }
    }

    private static void submit(
            MelinClient<Long, Long> client,
            boolean waits,
            ConcurrentLinkedQueue<CompletableFuture<?>> futures,
            AtomicLong ends) {
        if (!waits) {
            CompletableFuture<?> future = client.submit(1L);
            future.whenComplete((result, failure) -> ends.incrementAndGet());
            futures.add(future);
            if (futures.size() > 100_000) {
                Thread.yield();
            }
            return;
        }
        try {
            client.submitAndWait(1L, LONG);
        } catch (RuntimeException e) {
            // whatever it says; only that it ends is of interest
        }
    }

    @Test
    void aProtocolThatThrowsFailsItsRequestAndKeepsNoRoom() {
        ClientConfig config =
                ClientConfig.of(server.address()).withLimits(ClientLimits.DEFAULT.withWindow(2));
        try (MelinClient<Long, Long> client = NettyClient.open(config, new Moody())) {
            for (int i = 0; i < 10; i++) {
                for (long value = -5; value < 0; value++) {
                    assertThat(client.submit(value)).isCompletedExceptionally();
                }
            }
            assertThat(client.submitAndWait(1L, LONG).reports()).containsExactly(7L);
            assertThatThrownBy(() -> client.submitAndWait(2L, LONG))
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    /** Fails in a way of its own for each value below zero, and on the second report. */
    private static final class Moody implements io.melin.client.ClientProtocol<Long, Long> {
        private int decoded;

        @Override
        public byte tag(Long request) {
            return switch (request.intValue()) {
                case -1 -> throw new IllegalStateException("tag");
                case -2 -> io.melin.wire.Tag.QUERY_HIGHEST_REQUEST;
                default -> io.melin.wire.Tag.EVENT;
            };
        }

        @Override
        public int size(Long request) {
            if (request == -3) {
                throw new IllegalStateException("size");
            }
            return request == -4 ? 1 << 28 : Long.BYTES;
        }

        @Override
        public void encode(Long request, ByteBuffer out) {
            if (request != -5) {
                out.putLong(request);
            }
        }

        @Override
        public Long decode(byte tag, ByteBuffer payload) {
            if (decoded++ > 0) {
                throw new IllegalStateException("decode");
            }
            return 7L;
        }
    }

    /** W1. */
    @Test
    void noSignalIsLost() throws Exception {
        ClientLoop loop = new ClientLoop();
        AtomicLong asked = new AtomicLong();
        AtomicLong done = new AtomicLong();
        int rounds = 50_000;
        Thread owner =
                new Thread(() -> {
                    loop.setOwningThread(Thread.currentThread());
                    while (done.get() < rounds) {
                        loop.await(20_000_000_000L); // a lost one would show
                        done.set(asked.get());
                    }
                    loop.end();
                });
        owner.start();
        long started = System.nanoTime();
        for (int i = 1; i <= rounds; i++) {
            asked.set(i);
            loop.signal();
            while (i % 7 == 0 && done.get() < i) {
                Thread.onSpinWait();
            }
        }
        owner.join();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONG);
        loop.signal(); // after its end: no harm
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
