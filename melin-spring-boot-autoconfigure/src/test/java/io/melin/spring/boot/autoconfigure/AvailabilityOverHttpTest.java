package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.melin.health.NodeState;
import io.melin.health.StateModel;
import io.melin.node.MelinNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The design's table of states, as an operator's probes see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AvailabilityOverHttpTest {
    private RunningService service;
    private StateModel state;

    @BeforeAll
    void start(@TempDir Path directory) {
        service =
                RunningService.start(
                        directory, "melin.auto-startup=false", "melin.failure.action=stop");
        state = (StateModel) service.context().getBean(MelinNode.class).state();
    }

    @AfterEach
    void reset() {
        state.fail("next case", null);
        state.reset();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** The way to each state along the edges of the model. */
    private static List<NodeState> wayTo(NodeState target) {
        NodeState recovering = NodeState.RECOVERING;
        return switch (target) {
            case STARTING -> List.of();
            case RECOVERING -> List.of(recovering);
            case SERVING, POLICY_UNMET, CATCHING_UP, PROMOTING, FENCED, DRAINING, FAILED ->
                    List.of(recovering, target);
            case REPLICA -> List.of(recovering, NodeState.CATCHING_UP, target);
            case PROMOTED_WAITING -> List.of(recovering, NodeState.PROMOTING, target);
        };
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # state           readiness  liveness  status of melin.pipeline
                    STARTING,         503,       200,      OUT_OF_SERVICE
                    RECOVERING,       503,       200,      OUT_OF_SERVICE
                    SERVING,          200,       200,      UP
                    POLICY_UNMET,     503,       200,      OUT_OF_SERVICE
                    CATCHING_UP,      503,       200,      OUT_OF_SERVICE
                    REPLICA,          503,       200,      UP
                    PROMOTING,        503,       200,      OUT_OF_SERVICE
                    PROMOTED_WAITING, 503,       200,      OUT_OF_SERVICE
                    FENCED,           503,       200,      OUT_OF_SERVICE
                    DRAINING,         503,       200,      OUT_OF_SERVICE
                    FAILED,           503,       503,      DOWN
                    """)
    void probesFollowTheState(NodeState target, int readiness, int liveness, String health)
            throws Exception {
        for (NodeState next : wayTo(target)) {
            if (next == NodeState.FAILED) {
                state.fail("test", new IllegalStateException("planted"));
            } else {
                state.enter(next, "test");
            }
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertThat(service.actuator("health/readiness")).startsWith(readiness + " ");
                    assertThat(service.actuator("health/liveness")).startsWith(liveness + " ");
                });
        String pipeline = service.actuator("health/melin/pipeline");
        assertThat(pipeline)
                .startsWith(health.equals("UP") ? "200 " : "503 ")
                .contains("\"status\":\"" + health + "\"", "\"state\":\"" + target + "\"");
        if (target == NodeState.FAILED) {
            assertThat(pipeline).contains("planted");
        }
        assertThat(service.actuator("melin/state")).isEqualTo("200 {\"state\":\"" + target + "\"}");
    }
}
