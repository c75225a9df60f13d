package io.melin.spring.boot.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.spring.boot.autoconfigure.RunningService;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointTest {
    private static final int EVENTS = 4;

    private RunningService service;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path directory) {
        this.directory = directory;
        service = RunningService.start(directory, "melin.stages.layout=shared");
        for (int event = 0; event < EVENTS; event++) {
            service.adder().add(1);
        }
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private JsonNode json(String path) throws Exception {
        String answer = service.actuator(path);
        assertThat(answer).startsWith("200 ");
        return JsonMapper.builder().build().readTree(answer.substring(4));
    }

    @Test
    void showsTheNode() throws Exception {
        JsonNode node = json("melin");

        assertThat(node.get("state").asString()).isEqualTo("SERVING");
        assertThat(node.get("state").asString()).isEqualTo("SERVING");
        assertThat(node.get("since").asString()).matches("20\\d\\d-.*Z");
        assertThat(node.get("role").asString()).isEqualTo("standalone");
        assertThat(node.get("epoch").asInt(-1)).isZero();
        assertThat(node.get("policy").asString()).isEqualTo("disk");
        assertThat(node.at("/cursors/stamped").asInt()).isEqualTo(EVENTS);
        assertThat(node.at("/cursors/durable").asInt()).isEqualTo(EVENTS);
        assertThat(node.at("/cursors/applied").asInt()).isEqualTo(EVENTS);
        assertThat(node.at("/rings/input/capacity").asInt()).isEqualTo(1024);
        assertThat(node.at("/calls/capacity").asInt()).isEqualTo(64);
        assertThat(node.at("/journal/directory").asString()).isEqualTo(directory.toString());
        assertThat(node.at("/journal/durableSequence").asInt()).isEqualTo(EVENTS);
        assertThat(node.at("/journal/recovery/created").asBoolean()).isTrue();
        assertThat(node.at("/journal/recovery/afterSequence").asInt(-1)).isZero();
        assertThat(node.at("/snapshot/exists").asBoolean(true)).isFalse();
        assertThat(node.at("/snapshot/shadow").asString()).isIn("STARTING", "FOLLOWING");
        assertThat(node.at("/snapshot/late").asBoolean(true)).isFalse();
        assertThat(node.at("/snapshot/saves").asInt(-1)).isZero();
        assertThat(node.get("cpuLatency").asString()).as("nobody asked").isEqualTo("NONE");
    }

    @Test
    void showsEachThreadWithWhereItMayRun() throws Exception {
        JsonNode threads = json("melin/threads").get("threads");

        assertThat(threads.valueStream().flatMap(thread -> thread.get("stages").valueStream()))
                .extracting(JsonNode::asString)
                .contains("ingress", "journal", "application", "disk", "response", "shadow");
        assertThat(threads.valueStream())
                .allSatisfy(thread -> {
                    assertThat(thread.get("name").asString()).isNotEmpty();
                    assertThat(thread.get("coresAllowed").asString()).isNotEmpty();
                });
    }

    @Test
    void showsOneSectionOrNothing() throws Exception {
        assertThat(json("melin/cursors").propertyNames()).containsExactly("cursors");
        assertThat(service.actuator("melin/nonsense")).startsWith("404 ");
    }

    @Test
    void showsTheLastAndTheSlowestTraces() throws Exception {
        JsonNode traces = json("melintraces");

        assertThat(traces.get("sampleEvery").asInt()).isEqualTo(1);
        assertThat(traces.get("discarded").asInt(-1)).isZero();
        assertThat(traces.get("last").valueStream())
                .extracting(trace -> trace.get("sequence").asInt())
                .containsExactly(4, 3, 2, 1);
        assertThat(traces.get("slowest").valueStream())
                .extracting(trace -> trace.get("endToEndNs").asLong())
                .hasSize(EVENTS)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .allMatch(ns -> ns > 0);
        assertThat(traces.at("/last/0/stagesNs").propertyNames())
                .contains("ingress", "application", "response");
    }

    /** Boot's rule: what an endpoint writes has to be allowed in so many words. */
    @Test
    void rotatesForNobodyByDefault() {
        assertThat(service.post("/actuator/melin/rotate").join()).startsWith("405 ");
    }

    @Test
    void rotatesWhereAccessIsUnrestricted(@TempDir Path other) throws Exception {
        try (RunningService open =
                RunningService.start(other, "management.endpoint.melin.access=unrestricted")) {
            assertThat(open.post("/actuator/melin/rotate").join())
                    .startsWith("200 ")
                    .contains("\"outcome\":\"empty\"");
            open.adder().add(1);
            assertThat(open.post("/actuator/melin/rotate").join())
                    .startsWith("200 ")
                    .contains("\"segment\":1", "\"lastSequence\":1");
            assertThat(open.post("/actuator/melin/nonsense").join()).startsWith("400 ");
            assertThat(open.actuator("melin/journal"))
                    .contains("\"rotations\":{", "\"segment\":2", "\"segmentsReady\":0");
            assertThat(open.actuator("prometheus"))
                    .contains(
                            "melin_journal_rotations_total{path=\"failed\",pipeline=\"melin\"} 0.0");
            open.adder().add(1);
        }
        assertThat(other.resolve("melin.journal.000001")).exists();
    }

    @Test
    void listsBothAmongTheEndpoints() throws Exception {
        assertThat(service.actuator("")).contains("/actuator/melin", "/actuator/melintraces");
    }
}
