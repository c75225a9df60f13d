package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots in a service: taken on schedule, shown everywhere, and begun from. */
class SnapshotServiceTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir Path directory;

    private static JsonNode json(RunningService service, String path) throws Exception {
        String answer = service.actuator(path);
        assertThat(answer).startsWith("200 ");
        return JsonMapper.builder().build().readTree(answer.substring(4));
    }

    private static JsonNode until(RunningService service, Predicate<JsonNode> condition)
            throws Exception {
        long endNs = System.nanoTime() + WAIT.toNanos();
        while (true) {
            JsonNode snapshot = json(service, "melin/snapshot").get("snapshot");
            if (condition.test(snapshot)) {
                return snapshot;
            }
            assertThat(System.nanoTime()).as(snapshot.toString()).isLessThan(endNs);
        }
    }

    @Test
    void areTakenShownAndBegunFrom() throws Exception {
        try (RunningService service =
                RunningService.start(directory, "melin.snapshot.interval=20ms")) {
            for (int event = 0; event < 9; event++) {
                service.adder().add(1);
            }
            JsonNode snapshot = until(service, found -> found.get("sequence").asInt() == 9);
            assertThat(snapshot.get("exists").asBoolean()).isTrue();
            assertThat(snapshot.get("shadowSequence").asInt()).isEqualTo(9);
            assertThat(snapshot.get("time").asString()).matches("20\\d\\d-.*Z");
            assertThat(snapshot.get("saves").asInt()).isPositive();
            assertThat(service.actuator("prometheus", "text/plain"))
                    .contains("melin_snapshot_sequence{pipeline=\"melin\"} 9.0")
                    .contains("melin_snapshot_stopped{pipeline=\"melin\"} 0.0");
        }
        try (RunningService service = RunningService.start(directory)) {
            JsonNode journal = json(service, "melin/journal").get("journal");
            assertThat(journal.at("/recovery/afterSequence").asInt()).isEqualTo(9);
            assertThat(journal.at("/recovery/entries").asInt(-1)).isZero();
            assertThat(until(service, found -> found.get("exists").asBoolean()).get("sequence"))
                    .hasToString("9");
        }
    }

    /** Also as the words for true and false, which YAML makes of on and off. */
    @Test
    void areOffWhereTheyAreSwitchedOff() throws Exception {
        for (String off : new String[] {"off", "false", "replica-only"}) {
            try (RunningService service =
                    RunningService.start(
                            directory,
                            "melin.snapshot.shadow=" + off,
                            "melin.snapshot.entries=1")) {
                service.adder().add(1);
                JsonNode snapshot = json(service, "melin/snapshot").get("snapshot");
                assertThat(snapshot.get("shadow").asString()).isEqualTo("OFF");
            }
            assertThat(directory).isDirectoryNotContaining("glob:**.snap.*");
        }
    }
}
