package io.melin.sample.exchange.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.storage.FileSystemStorage;
import io.melin.test.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code inspect}, {@code verify} and {@code audit} on a journal of 30 deposits, a second each. */
class ToolsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final Pattern FIELD = Pattern.compile("`([a-zA-Z]+)`");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path parent;
    private Path directory = Path.of("");

    @BeforeEach
    void writeAJournal() throws IOException {
        directory = parent.resolve("journal");
        ExchangeEventCodec events = new ExchangeEventCodec();
        ExchangeApplication exchange = new ExchangeApplication();
        ManualTime time = new ManualTime(START_NS);
        try (JournaledApplication<ExchangeEvent, ExchangeReport> journal =
                JournaledApplication.open(
                        new Program<>(exchange, events, new ExchangeReportCodec()),
                        JournalConfig.of(directory, events.version(), exchange.version())
                                .withPrezeroedBytes(64 << 10),
                        new JournalPorts(FileSystemStorage.INSTANCE, time))) {
            for (int i = 1; i <= 30; i++) {
                time.advance(Duration.ofSeconds(1));
                journal.execute(
                        ExchangeEvent.deposit(1, Name.of("USD"), 100 + i), EventId.of(1, i));
                if (i == 10 || i == 25) {
                    journal.rotate();
                }
                if (i == 20) {
                    journal.saveSnapshot(2);
                }
            }
        }
    }

    private JsonNode json(String... words) {
        assertThat(run(words)).as(err.toString(StandardCharsets.UTF_8)).isLessThan(2);
        return JSON.readTree(out.toString(StandardCharsets.UTF_8));
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        List<String> rest = List.of(words).subList(1, words.length);
        return switch (words[0]) {
            case "inspect" -> InspectCommand.inspect(rest, toOut, toErr);
            case "verify" -> InspectCommand.verify(rest, toOut, toErr);
            default -> AuditCommand.run(rest, toOut, toErr);
        };
    }

    private void damage(String name) throws IOException {
        Path file = directory.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[16_500] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void verifyIsShortAndSaysWhatAStartDoes() {
        assertThat(run("verify", directory.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "start: from the snapshot of sequence 20, replays=10, lastSequence=30,"
                                + " time=2023-11-14T22:13:50Z, epoch=0, droppedBytes=0",
                        "result=sound, segments=3, snapshots=1, entries=30");
    }

    @Test
    void damageIsExitCodeOneAndNamed() throws IOException {
        damage("melin.journal.000001");

        assertThat(run("verify", directory.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("damaged: EntryCorrupt", "segment=1", "result=damaged, findings=1");
        JsonNode json = json("verify", "--json", directory.toString());
        assertThat(json.get("sound").asBoolean()).isFalse();
        assertThat(json.get("findings").get(0).get("code").asString()).isEqualTo("EntryCorrupt");
        assertThat(json.get("recovery").get("entries").asLong()).isEqualTo(10);

        damage("melin.journal.000002");
        json = json("verify", "--json", directory.toString());
        assertThat(json.get("recovery").isNull()).isTrue();
        assertThat(json.get("findings").get(0).get("refusal").asBoolean()).isTrue();
    }

    @Test
    void inspectTellsOfEveryFile() {
        JsonNode json = json("inspect", directory.toString(), "--json");

        assertThat(json.get("segments")).hasSize(3);
        assertThat(json.get("segments").get(1).get("lastSequence").asLong()).isEqualTo(25);
        assertThat(json.get("snapshots").get(0).get("fit").asString()).isEqualTo("FITS");
        assertThat(json.get("entries").get("application").asLong()).isEqualTo(30);
        assertThat(run("inspect", directory.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "archive: file=melin.journal.000001",
                        "live: file=melin.journal, ",
                        "  from sequence=26, epoch=0, time=2023-11-14T22:13:45Z, anchor=",
                        "snapshot: file=melin.journal.snap.00000000000000000020");
    }

    /** The page names every field, and none that there is not. */
    @Test
    void fieldsAreThoseOfTheDocs() throws IOException {
        Files.createFile(directory.resolve("melin.journal.next-staging"));
        damage("melin.journal.000001");
        Set<String> fields = new TreeSet<>();
        names(json("inspect", directory.toString(), "--json"), fields);
        names(json("audit", directory.toString(), "--to-sequence", "30", "--json"), fields);
        String page = Files.readString(Path.of("..", "docs", "tools.md"));
        int from = page.indexOf("<!-- fields -->");
        Set<String> documented = new TreeSet<>();
        FIELD.matcher(page.substring(from, page.indexOf("<!-- end -->")))
                .results()
                .forEach(match -> documented.add(Objects.requireNonNull(match.group(1))));

        assertThat(documented).isEqualTo(fields);
    }

    private static void names(JsonNode node, Set<String> names) {
        node.propertyNames().forEach(names::add);
        for (Iterator<JsonNode> children = node.iterator(); children.hasNext(); ) {
            names(children.next(), names);
        }
    }

    @Test
    void auditsAMomentWithAndWithoutSnapshots() {
        JsonNode best = json("audit", directory.toString(), "--to-sequence", "22", "--json");
        JsonNode whole =
                json(
                        "audit",
                        directory.toString(),
                        "--to-sequence",
                        "22",
                        "--from-first",
                        "--json");
        JsonNode timed =
                json(
                        "audit",
                        directory.toString(),
                        "--to-time",
                        "2023-11-14T22:13:42.5Z",
                        "--json");

        assertThat(best.get("afterSequence").asLong()).isEqualTo(20);
        assertThat(whole.get("afterSequence").asLong()).isZero();
        assertThat(whole.get("entries").asLong()).isEqualTo(22);
        for (JsonNode other : List.of(whole, timed)) {
            assertThat(other.get("digest")).isEqualTo(best.get("digest"));
            assertThat(other.get("sequence").asLong()).isEqualTo(22);
            assertThat(other.get("time").asString()).isEqualTo("2023-11-14T22:13:42Z");
        }
        JsonNode snapshot = json("inspect", directory.toString(), "--json").get("snapshots").get(0);
        assertThat(
                        json("audit", directory.toString(), "--to-sequence", "20", "--json")
                                .get("digest"))
                .isEqualTo(snapshot.get("digest"));
        assertThat(run("audit", directory.toString(), "--to-sequence", "22")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("sequence=22", "digest=");
    }

    @Test
    void saysHowFarTheJournalReaches() {
        assertThat(run("audit", directory.toString(), "--to-sequence", "31")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("journal ends before the target", "lastSequence=30", "22:13:50Z");
        assertThat(run("audit", directory.toString(), "--to-time", "2030-01-01T00:00:00Z"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect",
                "inspect DIR/none",
                "inspect DIR --name ../x",
                "inspect DIR --name other",
                "verify DIR --what",
                "verify DIR DIR",
                "audit DIR",
                "audit DIR --to-sequence 1 --to-time 2023-11-14T22:13:42Z",
                "audit DIR --to-sequence -1",
                "audit DIR --to-time yesterday",
                "audit DIR --to-time 9999-11-14T22:13:42Z",
                "audit DIR --to-sequence 1 --name other"
            })
    void wrongUsageIsExitCodeTwo(String line) {
        assertThat(run(line.replace("DIR", directory.toString()).split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank();
        assertThat(directory.resolve("none")).doesNotExist();
    }
}
