package io.melin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeStateTest {
    private static final String[] TABLE = {
        "STARTING,         REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "RECOVERING,       REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "SERVING,          ACCEPTING, ACCEPTING, CORRECT, UP",
        "POLICY_UNMET,     REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "CATCHING_UP,      REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "REPLICA,          REFUSING,  ACCEPTING, CORRECT, UP",
        "PROMOTING,        REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "PROMOTED_WAITING, REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "FENCED,           REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "DRAINING,         REFUSING,  REFUSING,  CORRECT, OUT_OF_SERVICE",
        "FAILED,           REFUSING,  REFUSING,  BROKEN,  DOWN",
    };

    @Test
    void mapsEveryStateAsTheTableSays() {
        String[] actual =
                Arrays.stream(NodeState.values())
                        .map(s ->
                                String.join(
                                        ",",
                                        s.name(),
                                        s.readiness(false).name(),
                                        s.readiness(true).name(),
                                        s.liveness().name(),
                                        s.health().name()))
                        .toArray(String[]::new);

        assertThat(actual)
                .containsExactly(
                        Arrays.stream(TABLE)
                                .map(row -> row.replace(" ", ""))
                                .toArray(String[]::new));
    }

    @Test
    void isBrokenAndDownOnlyWhenFailed() { // H1
        for (NodeState state : NodeState.values()) {
            boolean isFailed = state == NodeState.FAILED;
            assertThat(state.liveness() == Liveness.BROKEN).isEqualTo(isFailed);
            assertThat(state.health() == Health.DOWN).isEqualTo(isFailed);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, SERVING", "true, SERVING REPLICA"})
    void acceptsTrafficOnlyAsPrimaryOrWhereTheOperatorSaysSo( // H2
            boolean replicaReady, String accepting) {
        assertThat(
                        Arrays.stream(NodeState.values())
                                .filter(s -> s.readiness(replicaReady) == Readiness.ACCEPTING)
                                .map(NodeState::name))
                .containsExactly(accepting.split(" "));
    }
}
