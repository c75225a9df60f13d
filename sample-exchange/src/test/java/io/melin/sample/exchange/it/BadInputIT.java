package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad request gets its clear error, while a good client beside it is served. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final String ORDER =
            "{\"symbol\":\"BTC-USD\",\"orderId\":9,\"account\":1,\"side\":\"BUY\",\"type\":\"LIMIT\","
                    + "\"price\":100,\"quantity\":1}";

    private Path directory;

    private ExchangeProcess exchange;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private @Nullable CompletableFuture<?> neighbour;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        directory = shared;
        exchange = ExchangeProcess.start(directory.resolve("journal"));
        exchange.mutate(
                "POST",
                "/api/instruments",
                "i",
                "{\"symbol\":\"BTC-USD\",\"base\":\"BTC\",\"quote\":\"USD\"}");
        exchange.mutate(
                "POST",
                "/api/accounts/1/deposits",
                "d",
                "{\"currency\":\"USD\",\"amount\":100000}");
        neighbour = CompletableFuture.runAsync(this::serveOneMore);
    }

    /** A good client the whole time: it must never fail. */
    private void serveOneMore() {
        while (!stop.get()) {
            try {
                exchange.mutate(
                        "POST",
                        "/api/accounts/2/deposits",
                        "n" + served.get(),
                        "{\"currency\":\"USD\",\"amount\":1}");
                served.incrementAndGet();
            } catch (Exception e) {
                throw new IllegalStateException("the neighbour was harmed", e);
            }
        }
    }

    @AfterAll
    void neighbourIsUnharmed() throws Exception {
        stop.set(true);
        Objects.requireNonNull(neighbour).get(60, TimeUnit.SECONDS);
        long available =
                exchange.json("/api/accounts/2").get("balances").get(0).get("available").asLong();
        assertThat(available).isEqualTo(served.get()).isPositive();
        exchange.close();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "price, 0",
        "price, -1",
        "price, 1.5",
        "price, \"100\"",
        "price, 9007199254740992",
        "price, 99999999999999999999999",
        "quantity, 0",
        "quantity, -5",
        "quantity, null",
        "account, -1",
        "orderId, x",
        "side, \"HOLD\"",
        "type, \"ICEBERG\"",
        "type, 0"
    })
    void namesTheFieldOfABadOrder(String field, String value) throws Exception {
        String body =
                ORDER.replaceFirst(
                        "\"" + field + "\":(\"[^\"]*\"|\\d+)", "\"" + field + "\":" + value);
        assertThat(body).isNotEqualTo(ORDER);

        HttpResponse<String> response = exchange.post("/api/orders", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        if (!value.equals("x")) {
            assertThat(response.body()).contains(field);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "{",
                "[]",
                "null",
                "{\"symbol\":\"BTC-USD\"}",
                "{\"unknown\":1}",
                "{\"symbol\":\"BTC-USD\",\"symbol\":\"BTC-USD\"}"
            })
    void refusesABodyThatIsNoOrder(String body) throws Exception {
        assertThat(exchange.post("/api/orders", body).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesAHugeBody() throws Exception {
        String huge = ORDER.replace("BTC-USD", "B".repeat(1 << 20));
        assertThat(exchange.post("/api/orders", huge).statusCode()).isIn(400, 413);

        // Beyond what the container swallows it hangs up, and the answer may be lost with it.
        String endless = ORDER.replace("BTC-USD", "B".repeat(16 << 20));
        int status;
        try {
            status = exchange.post("/api/orders", endless).statusCode();
        } catch (IOException hungUp) {
            status = 413;
        }
        assertThat(status).isIn(400, 413);
    }

    @Test
    void answers404ForUnknownPathsAndARejectForAnUnknownSymbolInABody() throws Exception {
        assertThat(exchange.get("/api/book/NO-SUCH").statusCode()).isEqualTo(404);
        assertThat(exchange.get("/api/accounts/4711").statusCode()).isEqualTo(404);
        HttpResponse<String> unknown =
                exchange.post("/api/orders", ORDER.replace("BTC-USD", "ETH-USD"));
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.body()).contains("REJECTED", "UNKNOWN_SYMBOL");
    }

    @Test
    void answers409ForAKeyThatIsUsedAgain() throws Exception {
        HttpRequest.Builder first =
                exchange.body("/api/orders", "POST", ORDER.replace(":9,", ":77,"));
        assertThat(exchange.send(first.header("Idempotency-Key", "once")).statusCode())
                .isEqualTo(200);
        HttpRequest.Builder second =
                exchange.body("/api/orders", "POST", ORDER.replace(":9,", ":78,"));
        assertThat(exchange.send(second.header("Idempotency-Key", "once")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void namesWhatIsNotBuilt() throws Exception {
        HttpResponse<String> response =
                exchange.post(
                        "/api/orders",
                        ORDER.replace("\"LIMIT\"", "\"STOP_LIMIT\",\"triggerPrice\":90"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("STOP_LIMIT");
    }

    @Test
    void keepsASecondProcessOutOfTheDirectory() throws Exception {
        ExchangeProcess second = ExchangeProcess.launch(List.of(), directory.resolve("journal"));

        assertThat(second.exitCode(Duration.ofSeconds(60))).isNotZero();
        assertThat(second.log())
                .contains("APPLICATION FAILED TO START", "locked", Long.toString(exchange.pid()));
    }

    @Test
    void refusesAForeignFileAndLeavesItAlone() throws Exception {
        Path foreign = Files.createDirectory(directory.resolve("foreign"));
        Path file = foreign.resolve("melin.journal");
        Files.writeString(file, "somebody else's file\n".repeat(1_000));
        ExchangeProcess process = ExchangeProcess.launch(List.of(), foreign);

        assertThat(process.exitCode(Duration.ofSeconds(60))).isNotZero();
        assertThat(process.log()).contains("APPLICATION FAILED TO START");
        assertThat(Files.readString(file)).startsWith("somebody else's").hasSize(21_000);
    }

    @Test
    void refusesAMissingVolumeAndAnImpossiblePolicy() throws Exception {
        ExchangeProcess missing =
                ExchangeProcess.launch(List.of(), directory.resolve("not/mounted/journal"));
        ExchangeProcess policy =
                ExchangeProcess.launch(
                        List.of(),
                        directory.resolve("policy"),
                        "--melin.durability.policy=two-disks");

        assertThat(missing.exitCode(Duration.ofSeconds(60))).isNotZero();
        assertThat(missing.log()).contains("APPLICATION FAILED TO START", "not/mounted");
        assertThat(policy.exitCode(Duration.ofSeconds(60))).isNotZero();
        assertThat(policy.log()).contains("APPLICATION FAILED TO START", "two-disks");
        assertThat(directory.resolve("policy/melin.journal")).doesNotExist();
    }
}
