package io.melin.client.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.client.ClientConfig;
import io.melin.client.ClientIdentity;
import io.melin.client.ClientLimits;
import io.melin.client.ClientSession;
import io.melin.client.ClientState;
import io.melin.client.ClientTimeouts;
import io.melin.client.CodecProtocol;
import io.melin.client.FakeGateway;
import io.melin.client.MelinClient;
import io.melin.client.MelinClientException;
import io.melin.client.ReconnectConfig;
import io.melin.client.ServerAddress;
import io.melin.testing.CounterApplication;
import io.melin.wire.Ed25519;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code QueuedClient} over real sockets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NettyClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(ClientSession.class.getName());

    static {
        LOG.setLevel(Level.OFF); // connections are cut by the hundred
    }

    private final FakeGateway gateway = new FakeGateway();
    private ScriptedServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new ScriptedServer(gateway);
    }

    @AfterEach
    void leave() throws IOException {
        server.close();
    }

    private ClientConfig config() {
        return ClientConfig.of(server.address())
                .withIdentity(ClientIdentity.of(9))
                .withReconnect(new ReconnectConfig(Duration.ofMillis(1), Duration.ofMillis(20)))
                .withTimeouts(ClientTimeouts.DEFAULT.withRequest(LONG));
    }

    private static MelinClient<Long, Long> open(ClientConfig config) {
        return NettyClient.open(
                config, new CodecProtocol<>(CounterApplication.CODEC, CounterApplication.CODEC));
    }

    @Test
    void answersBlockingAndAsynchronousCallers() throws Exception {
        MelinClient<Long, Long> client = open(config());
        try (client) {
            MelinResult<Long> waited = client.submitAndWait(2L, LONG);
            MelinResult<Long> asked = client.submit(1L).get(20, TimeUnit.SECONDS);

            assertThat(waited).isEqualTo(new MelinResult<>(1, 7, List.of(2L, 2L), false));
            assertThat(asked).isEqualTo(new MelinResult<>(2, 7, List.of(1L), false));
            assertThat(client.state()).isEqualTo(ClientState.READY);
            assertThat(threads()).isNotEmpty();
        }
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(threads()).as("C4: none is left").isEmpty();
        assertThatThrownBy(() -> client.submitAndWait(1L, LONG))
                .isInstanceOf(MelinRefusedException.class);
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("melin-client"))
                .toList();
    }

    @Test
    void everyRequestIsAppliedOnceWhileConnectionsBreak() throws Exception {
        int threads = 4;
        int each = 400;
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (MelinClient<Long, Long> client = open(config())) {
            List<Thread> callers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                long first = 1 + (long) t * each;
                Thread caller =
                        new Thread(() -> {
                            for (long value = first; value < first + each; value++) {
                                check(client, value, failures);
                            }
                        });
                callers.add(caller);
                caller.start();
            }
            while (callers.stream().anyMatch(Thread::isAlive)) {
                Thread.sleep(10);
                server.cut();
            }
        }

        assertThat(failures).isEmpty();
        assertThat(gateway.order).hasSize(threads * each).doesNotHaveDuplicates();
        assertThat(server.accepted.get()).isGreaterThan(2);
    }

    private static void check(
            MelinClient<Long, Long> client, long value, ConcurrentLinkedQueue<Throwable> failures) {
        try {
            MelinResult<Long> result = client.submitAndWait(value, LONG);
            assertThat(result.reports()).isEqualTo(Collections.nCopies((int) (value % 3), value));
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    @Test
    void aServerThatComesBackFindsItsClientsAgain() throws Exception {
        try (MelinClient<Long, Long> client = open(config())) {
            client.awaitReady(LONG);
            int port = server.address().port();
            server.close();
            CompletableFuture<MelinResult<Long>> future = client.submit(1L);
            Thread.sleep(50);
            assertThat(future).isNotDone();

            server = ScriptedServer.at(gateway, port);

            assertThat(future.get(20, TimeUnit.SECONDS).reports()).containsExactly(1L);
        }
    }

    @Test
    void nobodyListening() throws Exception {
        server.close();
        try (MelinClient<Long, Long> client = open(config())) {
            assertThatThrownBy(() -> client.awaitReady(Duration.ofMillis(200)))
                    .isInstanceOf(MelinClientException.class)
                    .hasMessageContaining("cannot connect");
            assertThatThrownBy(() -> client.submitAndWait(1L, Duration.ofMillis(100)))
                    .isInstanceOf(MelinRefusedException.class)
                    .hasMessageContaining("never sent");
            assertThatThrownBy(() -> client.submitAndWait(1L, Duration.ZERO))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void aHostThatDoesNotExist() {
        ClientConfig config = ClientConfig.of(new ServerAddress("no-such-host.invalid", 1));
        try (MelinClient<Long, Long> client = open(config)) {
            assertThatThrownBy(() -> client.awaitReady(Duration.ofSeconds(2)))
                    .isInstanceOf(MelinClientException.class);
        }
    }

    @Test
    void anInterruptLeavesTheOutcomeUnknownAndTheNumberAnswersIt() throws Exception {
        gateway.answers = false;
        try (MelinClient<Long, Long> client = open(config())) {
            client.awaitReady(LONG);
            long number = client.reserveNumber();
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread caller =
                    new Thread(() -> {
                        try {
                            client.submitAndWait(2L, number, LONG);
                        } catch (MelinUnknownOutcomeException e) {
                            assertThat(Thread.currentThread().isInterrupted()).isTrue();
                            end.complete(e);
                        }
                    });
            caller.start();
            while (caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1); // an interrupt before it waits for the answer means something else
            }
            caller.interrupt();

            assertThat(end.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            MelinUnknownOutcomeException.class,
                            e -> assertThat(e.id()).isEqualTo(EventId.of(9, number)));
            gateway.answers = true;
            server.cut();
            assertThat(client.submitAndWait(2L, number, LONG).reports()).containsExactly(2L, 2L);
            assertThat(gateway.order).containsExactly(2L);
        }
    }

    @Test
    void aRestartedClientAsksByNumber() {
        long number;
        try (MelinClient<Long, Long> client = open(config())) {
            client.awaitReady(LONG);
            number = client.reserveNumber();
            client.submitAndWait(1L, number, LONG);
        }
        try (MelinClient<Long, Long> client = open(config())) {
            assertThat(client.submitAndWait(1L, number, LONG).duplicate()).isTrue();
            assertThat(client.reserveNumber()).isGreaterThan(number);
        }
    }

    /** C1. */
    @Test
    void beyondTheWindowSubmitFailsAndSubmitAndWaitWaits() throws Exception {
        gateway.answers = false;
        ClientConfig small = config().withLimits(ClientLimits.DEFAULT.withWindow(4));
        try (MelinClient<Long, Long> client = open(small)) {
            client.awaitReady(LONG);
            List<CompletableFuture<MelinResult<Long>>> inFlight = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                inFlight.add(client.submit(1L));
            }
            assertThat(client.submit(1L)).isCompletedExceptionally();
            assertThatThrownBy(() -> client.submitAndWait(1L, Duration.ofMillis(100)))
                    .isInstanceOfSatisfying(
                            MelinRefusedException.class,
                            e -> assertThat(e.refusal()).isEqualTo(Refusal.OVERLOADED));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.submitAndWait(1L, LONG))
                    .isInstanceOf(MelinRefusedException.class);
            assertThat(Thread.interrupted()).isTrue();

            gateway.answers = true;
            server.cut();
            assertThat(client.submitAndWait(2L, LONG).reports()).hasSize(2);
            for (CompletableFuture<MelinResult<Long>> future : inFlight) {
                assertThat(future.get(20, TimeUnit.SECONDS).reports()).hasSize(1);
            }
        }
    }

    @Test
    void aMillionSubmitsDoNotGrowMemory() {
        gateway.answers = false;
        try (MelinClient<Long, Long> client = open(config())) {
            client.awaitReady(LONG);
            long before = usedBytes();
            int refused = 0;
            for (int i = 0; i < 1_000_000; i++) {
                refused += client.submit(1L).isCompletedExceptionally() ? 1 : 0;
            }
            assertThat(refused).isEqualTo(1_000_000 - 256);
            assertThat(usedBytes() - before).isLessThan(8 << 20);
        }
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void theRightKeyIsLetInAndNoOther() {
        Ed25519.SigningKey key = Ed25519.SigningKey.generate();
        gateway.authenticates = true;
        gateway.trusted = key.publicKey();
        ClientIdentity.Key identity = new ClientIdentity.Key(key, 1, "fake");
        try (MelinClient<Long, Long> client = open(config().withIdentity(identity))) {
            assertThat(client.submitAndWait(1L, LONG).reports()).hasSize(1);
        }
        ClientIdentity other = ClientIdentity.of(Ed25519.SigningKey.generate(), 1);
        assertNotReady(config().withIdentity(other), "authentication failed");
        assertNotReady(config().withIdentity(identity.forServer("prod")), "wanted name=prod");
        assertNotReady(config(), "give the client a key");
    }

    private static void assertNotReady(ClientConfig config, String why) {
        try (MelinClient<Long, Long> client = open(config)) {
            String found = "";
            for (int i = 0; i < 200 && !found.contains(why); i++) {
                try {
                    client.awaitReady(Duration.ofMillis(100));
                } catch (MelinClientException e) {
                    found = String.valueOf(e.getMessage());
                }
            }
            assertThat(found).contains(why);
        }
    }

    @Test
    void bytesThatDribble() {
        server.pieceBytes = 1;
        try (MelinClient<Long, Long> client = open(config())) {
            for (long value = 1; value < 20; value++) {
                assertThat(client.submitAndWait(value, LONG).reports()).hasSize((int) value % 3);
            }
        }
    }

    @Test
    void aServerThatSendsGarbageIsLeftAndTheNextOneServes() throws Exception {
        try (ServerSocket liar = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread lies = new Thread(() -> lie(liar));
            lies.setDaemon(true);
            lies.start();
            ClientConfig both =
                    new ClientConfig(
                            List.of(
                                    new ServerAddress("localhost", liar.getLocalPort()),
                                    server.address()),
                            ClientIdentity.of(9),
                            ClientLimits.DEFAULT,
                            ClientTimeouts.DEFAULT,
                            config().reconnect(),
                            false,
                            null);
            try (MelinClient<Long, Long> client = open(both)) {
                assertThat(client.submitAndWait(1L, LONG).reports()).hasSize(1);
            }
        }
    }

    private static void lie(ServerSocket liar) {
        byte[] garbage = new byte[1_000];
        new Random(3).nextBytes(garbage);
        while (!liar.isClosed()) {
            try (Socket socket = liar.accept()) {
                socket.getOutputStream().write(garbage);
            } catch (IOException e) {
                continue;
            }
        }
    }
}
