package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.load.FakeServer.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command against servers that answer well, badly or not at all. */
class LoadCommandTest {
    private static final String SMALL = "--accounts 8 --instruments 4 --timeout 2";
    private static final String SHORT = SMALL + " --warmup 0.2 --seconds 0.6 --json";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({"1, 1, fixed", "3, 16, compat", "8, 4, limit-only"})
    void isContentWithAServerThatAnswers(int connections, int window, String flow)
            throws IOException {
        try (FakeServer server = new FakeServer(Fault.NONE)) {
            String shape =
                    "--connections %d --window %d --flow %s ".formatted(connections, window, flow);
            assertThat(run(server.port(), shape + SHORT)).as(errors()).isZero();
        }

        JsonNode json = json();
        assertThat(json.propertyNames())
                .startsWith(
                        "throughputPerSecond",
                        "sent",
                        "answered",
                        "rejected",
                        "missing",
                        "errors",
                        "latencyNs");
        assertThat(json.get("latencyNs").propertyNames())
                .containsExactly("p50", "p90", "p99", "p999", "p9999", "max");
        long answered = json.get("answered").longValue();
        assertThat(answered).isPositive().isEqualTo(json.get("sent").longValue());
        assertThat(json.get("throughputPerSecond").doubleValue())
                .isBetween(answered / 0.6 * 0.8, answered / 0.6 * 1.2);
        assertThat(json.get("missing").longValue()).isZero();
        assertThat(json.get("errors").longValue()).isZero();
        assertThat(json.get("latencyNs").get("p50").longValue()).isBetween(1_000L, 1_000_000_000L);
    }

    /** C1 of Checker, seen from outside: whatever is wrong once makes the run fail. */
    @ParameterizedTest
    @CsvSource({
        "SKIPPED, expected=200",
        "DOUBLED, second answer",
        "SWAPPED, out of order",
        "FOREIGN_ORDER, cannot cause",
        "NO_REPORT, without its report",
        "REPEATED, sent once",
        "BACKWARDS, goes back",
        "FAILED, FORBIDDEN",
        "CLOSED, closed the connection",
        "GARBAGE, not a frame"
    })
    void failsOnAServerThatIsWrongOnce(Fault fault, String complaint) throws IOException {
        try (FakeServer server = new FakeServer(fault)) {
            assertThat(run(server.port(), "--connections 2 --window 8 " + SHORT)).isEqualTo(1);
            assertThat(server.hasHappened()).isTrue();
        }

        assertThat(errors()).contains(complaint);
        assertThat(json().get("errors").longValue()).isEqualTo(1);
    }

    @Test
    void countsWhatIsMissing() throws IOException {
        try (FakeServer server = new FakeServer(Fault.SKIPPED)) {
            assertThat(run(server.port(), "--connections 1 --window 1 " + SHORT)).isEqualTo(1);
        }

        assertThat(json().get("missing").longValue()).isEqualTo(1);
        assertThat(errors()).contains("never answered: count=1");
    }

    @Test
    void countsARefusalForNowAndGoesOn() throws IOException {
        try (FakeServer server = new FakeServer(Fault.BUSY)) {
            assertThat(
                            run(
                                    server.port(),
                                    "--connections 1 --window 1 --warmup 0 --seconds 1 --json "
                                            + SMALL))
                    .as(errors())
                    .isZero();
        }

        assertThat(json().get("busy").longValue()).isEqualTo(1);
    }

    /**
     * O1 of Pace: the server stands still for 400 ms of a second; in an open loop every request
     * that was due meanwhile waits, so a third of all take over 50 ms, and not just one.
     */
    @Test
    void doesNotOmitWhatAStallHoldsUp() throws IOException {
        try (FakeServer server = new FakeServer(Fault.STALLED)) {
            String line = "--connections 1 --window 1 --rate 500 --warmup 0 --seconds 1 --json ";
            assertThat(run(server.port(), line + SMALL)).as(errors()).isZero();
            assertThat(server.hasHappened()).isTrue();
        }

        JsonNode latency = json().get("latencyNs");
        assertThat(json().get("sent").longValue()).isBetween(499L, 501L);
        assertThat(latency.get("max").longValue()).isGreaterThan(350_000_000L);
        assertThat(latency.get("p90").longValue()).isGreaterThan(200_000_000L);
    }

    /** The other half: a closed loop cannot see it, which is why its figures say less. */
    @Test
    void aClosedLoopSeesAStallOnce() throws IOException {
        try (FakeServer server = new FakeServer(Fault.STALLED)) {
            String line = "--connections 1 --window 1 --warmup 0 --seconds 1 --json ";
            assertThat(run(server.port(), line + SMALL)).as(errors()).isZero();
        }

        assertThat(json().get("latencyNs").get("max").longValue()).isGreaterThan(350_000_000L);
        assertThat(json().get("latencyNs").get("p90").longValue()).isLessThan(200_000_000L);
    }

    @Test
    void failsWhenTheScheduleCannotBeHeld() throws IOException {
        try (FakeServer server = new FakeServer(Fault.SKIPPED)) {
            String line = "--connections 1 --window 1 --rate 500 --warmup 0 --seconds 1 --json ";
            assertThat(run(server.port(), line + SMALL)).isEqualTo(1);
        }

        assertThat(json().get("unsent").longValue()).isPositive();
        assertThat(json().get("latencyNs").get("max").longValue()).isGreaterThan(500_000_000L);
    }

    @Test
    void sendsAgainOnANewConnection() throws IOException {
        try (FakeServer server = new FakeServer(Fault.CLOSED)) {
            assertThat(run(server.port(), "--connections 1 --window 32 --reconnect " + SHORT))
                    .as(errors())
                    .isZero();
        }

        assertThat(json().get("reconnects").longValue()).isEqualTo(1);
        assertThat(json().get("missing").longValue()).isZero();
    }

    @Test
    void goesOnBehindTheNumbersOfAnEarlierRun() throws IOException {
        try (FakeServer server = new FakeServer(Fault.NONE)) {
            String line = "--connections 2 --window 2 --client 77 " + SHORT;
            assertThat(run(server.port(), line)).as(errors()).isZero();
            assertThat(run(server.port(), line + " --no-setup")).as(errors()).isZero();
        }
    }

    @Test
    void comparesWithAnEchoServer() throws IOException {
        Path log = directory.resolve("latencies.hlog");
        List<String> line = new ArrayList<>(List.of("--target", "echo", "--hdr", log.toString()));
        line.addAll(words("--connections 2 --window 64 --threads 1 " + SHORT));

        assertThat(run(line)).as(errors()).isZero();

        assertThat(json().get("target").stringValue()).isEqualTo("echo");
        assertThat(Files.readString(log)).contains("#[StartTime:", "\"StartTimestamp\"");
        assertThat(Files.readAllLines(log)).hasSizeGreaterThan(4);
    }

    @Test
    void failsWithoutAServer() throws IOException {
        int port;
        try (FakeServer server = new FakeServer(Fault.NONE)) {
            port = server.port();
        }

        assertThat(run(port, "--connections 2 --window 1 " + SHORT)).isEqualTo(1);
        assertThat(errors()).contains("cannot connect");
    }

    @Test
    void printsForPeopleWithoutJson() throws IOException {
        try (FakeServer server = new FakeServer(Fault.NONE)) {
            String line = "--connections 1 --window 4 --warmup 0 --seconds 1.3 ";
            assertThat(run(server.port(), line + SMALL)).as(errors()).isZero();
        }

        assertThat(text(out)).contains("throughput", "p99.9=", "sent=");
        assertThat(errors()).contains("load: measuring, answered ");
    }

    /** docs/load.md shows the fields in their order, and has a row for every option. */
    @Test
    void thePageIsComplete() throws IOException {
        String page = Files.readString(Path.of("../docs/load.md"));
        String example = page.substring(page.indexOf("```json") + 7, page.indexOf("}\n```") + 1);
        try (FakeServer server = new FakeServer(Fault.NONE)) {
            String line = "--connections 1 --window 1 --warmup 0 --seconds 0.5 --json ";
            assertThat(run(server.port(), line + SMALL)).as(errors()).isZero();
        }
        run(words("--help"));

        JsonNode shown = JsonMapper.builder().build().readTree(example);
        assertThat(shown.propertyNames()).containsExactlyElementsOf(json().propertyNames());
        Pattern.compile("--[a-z-]+")
                .matcher(errors())
                .results()
                .forEach(option -> assertThat(page).contains("`" + option.group()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--connections 1 --window 1",
                "--connections 1 --window 1 --seconds",
                "--connections 1 --window 1 --seconds 0",
                "--connections 0 --window 1 --seconds 1",
                "--connections 1 --window 0 --seconds 1",
                "--connections 1 --window 1 --seconds 1 --rate -1",
                "--connections 1 --window 1 --seconds 1 --warmup -1",
                "--connections 1 --window 1 --seconds 1 --flow other",
                "--connections 1 --window 1 --seconds 1 --port 70000",
                "--connections 1 --window 1 --seconds 1 --what",
                "--connections x --window 1 --seconds 1",
                "--connections 1 --window 1 --seconds 1 --threads 10000",
                "--connections 1 --window 1 --seconds 1 --key no-such-file"
            })
    void refusesWrongUsage(String line) {
        assertThat(run(words(line))).isEqualTo(2);
        assertThat(errors()).contains("Usage: load");
        assertThat(text(out)).isEmpty();
    }

    private int run(int port, String line) {
        List<String> arguments = new ArrayList<>(List.of("--host", "127.0.0.1", "--port"));
        arguments.add(String.valueOf(port));
        arguments.addAll(words(line));
        return run(arguments);
    }

    private int run(List<String> arguments) {
        return LoadCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : Arrays.asList(line.trim().split(" +"));
    }

    private JsonNode json() {
        String[] lines = text(out).split("\n");
        return JsonMapper.builder().build().readTree(lines[lines.length - 1]);
    }

    private String errors() {
        return text(err);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
