package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.wire.Ed25519.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command against a real node: what is checked is the exchange, the gateway and the load. */
class LoadOnANodeTest {
    private static final String SMALL =
            " --accounts 100 --instruments 10 --warmup 0.3 --seconds 1 --json";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    @TempDir private Path directory;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.WARNING);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, fixed, 0",
        "4, 64, fixed, 0",
        "64, 8, compat, 0",
        "8, 32, limit-only, 0",
        "16, 8, fixed, 2000"
    })
    void everyAnswerIsRight(int connections, int window, String flow, int rate) {
        try (ExchangeNode node = ExchangeNode.start(directory.resolve("data"), 0, null)) {
            String line =
                    "--port %d --connections %d --window %d --flow %s --rate %d"
                            .formatted(node.port(), connections, window, flow, rate);

            assertThat(run(line + SMALL)).as(errors()).isZero();
        }

        JsonNode json = json();
        assertThat(json.get("answered")).isEqualTo(json.get("sent"));
        assertThat(json.get("answered").longValue()).isGreaterThan(100);
        assertThat(json.get("rejected").longValue()).isPositive();
        assertThat(json.get("busy").longValue()).isZero();
    }

    /** A second run, with the same identity, meets a book without leftovers of the first. */
    @Test
    void leavesNothingBehind() {
        try (ExchangeNode node = ExchangeNode.start(directory.resolve("data"), 0, null)) {
            String line = "--client 5 --connections 2 --window 8 --port " + node.port() + SMALL;
            assertThat(run(line)).as(errors()).isZero();
            assertThat(run(line)).as(errors()).isZero();
        }
    }

    /** The node stops with requests in flight and comes back: nothing is lost, nothing twice. */
    @Test
    void bearsARestartWhenToldTo() throws Exception {
        int port;
        CompletableFuture<Integer> code;
        try (ExchangeNode node = ExchangeNode.start(directory.resolve("data"), 0, null)) {
            port = node.port();
            String line =
                    "--reconnect --connections 4 --window 64 --accounts 100 --instruments 10"
                            + " --warmup 0 --seconds 4 --json --port ";
            code = CompletableFuture.supplyAsync(() -> run(line + port));
            Thread.sleep(2_000);
        }
        try (ExchangeNode node = ExchangeNode.start(directory.resolve("data"), port, null)) {
            assertThat(code.join()).as(errors()).isZero();
            assertThat(node.port()).isEqualTo(port);
        }

        assertThat(json().get("reconnects").longValue()).isGreaterThanOrEqualTo(4);
        assertThat(json().get("answered")).isEqualTo(json().get("sent"));
    }

    @Test
    void signsWithAKey() throws IOException {
        SigningKey trader = SigningKey.generate();
        Path key = Files.writeString(directory.resolve("trader.key"), trader.toText());
        Path keys =
                Files.writeString(
                        directory.resolve("authorized_keys"),
                        "trader "
                                + Base64.getEncoder().encodeToString(trader.publicKey())
                                + " test\n");
        try (ExchangeNode node = ExchangeNode.start(directory.resolve("data"), 0, keys)) {
            String line = " --connections 3 --window 4 --port " + node.port() + SMALL;

            assertThat(run("--key " + key + line)).isEqualTo(1);
            assertThat(errors()).contains("FORBIDDEN", "the set-up failed");
            assertThat(run("--no-setup --key " + key + line)).isEqualTo(1);
            assertThat(errors()).contains("more than half was rejected");
            assertThat(json().get("errors").longValue()).isZero();
            assertThat(run("--no-setup" + line)).isEqualTo(1);
            assertThat(errors()).contains("give one with --key");
        }
    }

    private int run(String line) {
        List<String> arguments = new ArrayList<>(List.of(line.trim().split(" +")));
        return LoadCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private JsonNode json() {
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
        return JsonMapper.builder().build().readTree(lines[lines.length - 1]);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
