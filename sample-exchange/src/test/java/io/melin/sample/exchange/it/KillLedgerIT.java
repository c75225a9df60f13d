package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Clients with a ledger, SIGKILL in mid-flight, restart: every answered request is there once, a
 * repeat returns the first outcome, nothing is invented, books and balances agree.
 */
class KillLedgerIT {
    private static final int ROUNDS = Integer.getInteger("melin.rounds", 20);
    private static final int CLIENTS = 4;
    private static final String SYMBOL = "BTC-USD";

    private final long seed = Long.getLong("melin.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final ExchangeLedger ledger = new ExchangeLedger(SYMBOL);

    @TempDir Path directory;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void keepsEveryAnswerThroughKills() throws Exception {
        System.out.println("KillLedgerIT: seed=" + seed + ", repeat with -Dmelin.seed=" + seed);
        Path journal = directory.resolve("journal");
        ExchangeProcess exchange = ExchangeProcess.start(journal);
        try {
            open(exchange);
            int answered = 0;
            int unknown = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                List<Sent> sent = trade(exchange, round);
                exchange = ExchangeProcess.start(journal);
                for (Sent request : sent) {
                    answered += request.answer == null ? 0 : 1;
                    unknown += request.answer == null ? 1 : 0;
                    repeat(exchange, request);
                }
                ledger.checkAgainst(exchange);
            }
            System.out.println("KillLedgerIT: answered=" + answered + ", unknown=" + unknown);
            assertThat(answered).as("answers before kills").isGreaterThan(ROUNDS * CLIENTS);
            assertThat(unknown).as("kills that met a request in flight").isPositive();
        } finally {
            exchange.close();
        }
    }

    private void open(ExchangeProcess exchange) throws Exception {
        exchange.mutate(
                "POST",
                "/api/instruments",
                "instrument",
                "{\"symbol\":\"" + SYMBOL + "\",\"base\":\"BTC\",\"quote\":\"USD\"}");
        for (int client = 1; client <= CLIENTS; client++) {
            for (String currency : List.of("BTC", "USD")) {
                Sent deposit =
                        Sent.deposit(client, currency, 1_000_000, "open" + client + currency);
                ledger.record(deposit.send(exchange), deposit);
            }
        }
    }

    /** Clients send until the process is killed under them. */
    private List<Sent> trade(ExchangeProcess exchange, int round) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<Sent>>> clients = new ArrayList<>();
            for (int client = 1; client <= CLIENTS; client++) {
                Client one = new Client(exchange, client, round, random.split());
                clients.add(threads.submit(one::run));
            }
            TimeUnit.MILLISECONDS.sleep(150 + random.nextInt(350));
            exchange.kill();
            List<Sent> sent = new ArrayList<>();
            for (Future<List<Sent>> client : clients) {
                sent.addAll(client.get(60, TimeUnit.SECONDS));
            }
            return sent;
        } finally {
            threads.shutdownNow();
        }
    }

    /** After the restart: the first outcome for what was answered, some outcome for the rest. */
    private void repeat(ExchangeProcess exchange, Sent request) throws Exception {
        JsonNode outcome = request.send(exchange);
        if (request.answer != null) {
            assertThat(outcome).as("first outcome of " + request.key).isEqualTo(request.answer);
        }
        assertThat(request.send(exchange)).as("stays the same").isEqualTo(outcome);
        ledger.record(outcome, request);
    }

    /** One caller of its own account: deposits and orders, one after the other. */
    private record Client(ExchangeProcess exchange, int account, int round, SplittableRandom dice) {

        List<Sent> run() throws InterruptedException {
            List<Sent> sent = new ArrayList<>();
            for (int i = 1; ; i++) {
                Sent request = next(i);
                sent.add(request);
                try {
                    request.answer = request.send(exchange);
                } catch (IOException killed) {
                    return sent;
                }
            }
        }

        private Sent next(int number) {
            String key = "r" + round + "c" + account + "n" + number;
            if (dice.nextInt(10) == 0) {
                return Sent.deposit(account, "USD", 1 + dice.nextInt(100), key);
            }
            long orderId = round * 1_000_000L + number;
            return Sent.order(account, orderId, dice, key);
        }
    }

    /** A request and, if it came, its answer. */
    static final class Sent {
        final String key;
        final int account;
        private final String path;
        private final String body;
        volatile @Nullable JsonNode answer;

        private Sent(String key, int account, String path, String body) {
            this.key = key;
            this.account = account;
            this.path = path;
            this.body = body;
        }

        static Sent deposit(int account, String currency, long amount, String key) {
            return new Sent(
                    key,
                    account,
                    "/api/accounts/" + account + "/deposits",
                    "{\"currency\":\"" + currency + "\",\"amount\":" + amount + "}");
        }

        static Sent order(int account, long orderId, SplittableRandom dice, String key) {
            String side = dice.nextBoolean() ? "BUY" : "SELL";
            return new Sent(
                    key,
                    account,
                    "/api/orders",
                    String.format(
                            "{\"symbol\":\"%s\",\"orderId\":%d,\"account\":%d,\"side\":\"%s\","
                                    + "\"type\":\"LIMIT\",\"price\":%d,\"quantity\":%d,"
                                    + "\"timeInForce\":\"%s\"}",
                            SYMBOL,
                            orderId,
                            account,
                            side,
                            95 + dice.nextInt(11),
                            1 + dice.nextInt(9),
                            dice.nextInt(5) == 0 ? "IOC" : "GTC"));
        }

        JsonNode send(ExchangeProcess exchange) throws IOException, InterruptedException {
            return exchange.mutate("POST", path, key, body);
        }

        /** What this request adds to its account from outside, by currency. */
        void deposits(TreeMap<String, Long> totals) {
            if (path.endsWith("/deposits")) {
                String currency = body.contains("BTC") ? "BTC" : "USD";
                long amount = Long.parseLong(body.replaceAll(".*\"amount\":(\\d+)}", "$1"));
                totals.merge(account + " " + currency, amount, Long::sum);
            }
        }
    }
}
