package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.MelinResult;
import io.melin.client.ClientConfig;
import io.melin.client.ClientIdentity;
import io.melin.client.ClientTimeouts;
import io.melin.client.MelinClient;
import io.melin.client.ReconnectConfig;
import io.melin.client.ServerAddress;
import io.melin.client.netty.NettyClient;
import io.melin.sample.exchange.it.DepositProtocol.Deposit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients over the gateway that keep sending through SIGKILL and restart: every acknowledged request
 * is there exactly once, and a retry returns the first outcome.
 */
class GatewayKillIT {
    private static final int ROUNDS = Integer.getInteger("melin.rounds", 10);
    private static final int CLIENTS = 4;
    private static final int IN_FLIGHT = 64;

    /**
     * Of a client between two requests. The node remembers 65,536 outcomes: at full speed three
     * clients that are back push out those of a fourth that is not.
     */
    private static final long PAUSE_NS = 400_000;

    private static final int CURRENCY = 1;
    private static final int RETRIED = 200;

    /** A client that backs off for longer would hold up its round. */
    private static final ReconnectConfig SOON =
            new ReconnectConfig(Duration.ofMillis(20), Duration.ofMillis(300));

    private static final Duration OVER_A_RESTART = Duration.ofSeconds(120);

    private final long seed = Long.getLong("melin.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir Path directory;

    /** What one client was told, in the order of its requests. */
    private record Told(int account, List<MelinResult<Byte>> results) {
        long duplicates() {
            return results.stream().filter(MelinResult::duplicate).count();
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void keepsEveryAnswerOfReconnectingClientsThroughKills() throws Exception {
        System.out.println("GatewayKillIT: seed=" + seed + ", repeat with -Dmelin.seed=" + seed);
        Path journal = directory.resolve("journal");
        int port = ExchangeProcess.freePort();
        String gateway = "--melin.gateway.port=" + port;
        ExchangeProcess exchange = ExchangeProcess.start(journal, gateway);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            Progress progress = new Progress();
            List<Future<Told>> clients = new ArrayList<>();
            for (int account = 1; account <= CLIENTS; account++) {
                int own = account;
                clients.add(threads.submit(() -> deposit(port, own, progress)));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                progress.awaitAnswersToAll();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                exchange.kill();
                exchange = ExchangeProcess.start(journal, gateway);
            }
            progress.isOver = true;
            List<Told> told = new ArrayList<>();
            for (Future<Told> client : clients) {
                told.add(client.get(3, TimeUnit.MINUTES));
            }
            check(exchange, port, told);
        } finally {
            threads.shutdownNow();
            exchange.close();
        }
    }

    /** How far the clients are, and whether they shall stop. */
    private static final class Progress {
        final AtomicLongArray answers = new AtomicLongArray(CLIENTS + 1);
        volatile boolean isOver;

        /** From now on, so each client has found the node that is to be killed next. */
        void awaitAnswersToAll() throws InterruptedException {
            long startedNs = System.nanoTime();
            for (int account = 1; account <= CLIENTS; account++) {
                long before = answers.get(account);
                while (answers.get(account) == before) {
                    assertThat(Duration.ofNanos(System.nanoTime() - startedNs))
                            .as("no answer to account " + account)
                            .isLessThan(OVER_A_RESTART);
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }
    }

    private static MelinClient<Deposit, Byte> open(int port, int account) {
        ClientConfig config =
                ClientConfig.of(new ServerAddress("127.0.0.1", port))
                        .withIdentity(ClientIdentity.of(1_000 + account))
                        .withRetriesRefusals(true)
                        .withReconnect(SOON)
                        .withTimeouts(
                                new ClientTimeouts(
                                        Duration.ofSeconds(5),
                                        OVER_A_RESTART,
                                        Duration.ofSeconds(15)));
        return NettyClient.open(config, new DepositProtocol());
    }

    /** Keeps requests in flight until told to stop, whatever happens to the server. */
    private static Told deposit(int port, int account, Progress progress) throws Exception {
        List<MelinResult<Byte>> results = new ArrayList<>();
        Deque<CompletableFuture<MelinResult<Byte>>> waiting = new ArrayDeque<>();
        try (MelinClient<Deposit, Byte> client = open(port, account)) {
            client.awaitReady(OVER_A_RESTART);
            while (!progress.isOver) {
                while (waiting.size() < IN_FLIGHT) {
                    waiting.add(client.submit(new Deposit(account, CURRENCY, 1)));
                }
                results.add(waiting.remove().get(3, TimeUnit.MINUTES));
                progress.answers.incrementAndGet(account);
                LockSupport.parkNanos(PAUSE_NS);
            }
            while (!waiting.isEmpty()) {
                results.add(waiting.remove().get(3, TimeUnit.MINUTES));
            }
        }
        return new Told(account, results);
    }

    private static void check(ExchangeProcess exchange, int port, List<Told> all) throws Exception {
        long answered = 0;
        long repeated = 0;
        for (Told told : all) {
            answered += told.results().size();
            repeated += told.duplicates();
            long before = 0;
            for (MelinResult<Byte> result : told.results()) {
                assertThat(result.sequence())
                        .as("order of account " + told.account())
                        .isGreaterThan(before);
                before = result.sequence();
            }
            assertThat(balance(exchange, told.account()))
                    .as("every answered deposit once, and nothing else")
                    .isEqualTo(told.results().size());
            retry(port, told);
            assertThat(balance(exchange, told.account())).isEqualTo(told.results().size());
        }
        System.out.println("GatewayKillIT: answered=" + answered + ", repeated=" + repeated);
        assertThat(answered).isGreaterThan((long) ROUNDS * CLIENTS * IN_FLIGHT);
        assertThat(repeated).as("kills that met durable requests without an answer").isPositive();
    }

    private static long balance(ExchangeProcess exchange, int account) throws Exception {
        return exchange.json("/api/accounts/" + account).at("/balances/0/available").asLong();
    }

    /** The first number of a client is 1, so a result's place tells its number. */
    private static void retry(int port, Told told) throws Exception {
        List<MelinResult<Byte>> results = told.results();
        try (MelinClient<Deposit, Byte> client = open(port, told.account())) {
            client.awaitReady(OVER_A_RESTART);
            for (int i = Math.max(0, results.size() - RETRIED); i < results.size(); i++) {
                MelinResult<Byte> again =
                        client.submitAndWait(
                                new Deposit(told.account(), CURRENCY, 1), i + 1, OVER_A_RESTART);
                assertThat(again.duplicate()).isTrue();
                assertThat(again.sequence()).isEqualTo(results.get(i).sequence());
                assertThat(again.timeNs()).isEqualTo(results.get(i).timeNs());
            }
        }
    }
}
