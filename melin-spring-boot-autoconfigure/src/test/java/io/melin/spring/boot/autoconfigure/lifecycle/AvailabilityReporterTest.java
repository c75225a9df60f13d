package io.melin.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.availability.LivenessState.BROKEN;
import static org.springframework.boot.availability.LivenessState.CORRECT;
import static org.springframework.boot.availability.ReadinessState.ACCEPTING_TRAFFIC;
import static org.springframework.boot.availability.ReadinessState.REFUSING_TRAFFIC;

import io.melin.health.NodeState;
import io.melin.health.StateModel;
import io.melin.time.SystemTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;

class AvailabilityReporterTest {
    private final StateModel node = new StateModel(SystemTime.INSTANCE);
    private final List<AvailabilityState> published = new ArrayList<>();
    private final Queue<Runnable> delayed = new ArrayDeque<>();
    private boolean delays;
    private final AvailabilityReporter reporter =
            new AvailabilityReporter(
                    node,
                    event -> published.add(((AvailabilityChangeEvent<?>) event).getState()),
                    this::control);

    private void control(Runnable task) {
        if (delays) {
            delayed.add(task);
        } else {
            task.run();
        }
    }

    private void othersSay(ReadinessState state) {
        published.add(state);
        reporter.onApplicationEvent(new AvailabilityChangeEvent<>("boot", state));
    }

    private void serve() {
        node.enter(NodeState.RECOVERING, "test");
        node.enter(NodeState.SERVING, "test");
    }

    private AvailabilityState last() {
        return published.get(published.size() - 1);
    }

    @Test
    void leavesTheFirstAcceptingToBoot() {
        serve();
        assertThat(published).doesNotContain(ACCEPTING_TRAFFIC);

        othersSay(ACCEPTING_TRAFFIC);

        assertThat(last()).isEqualTo(ACCEPTING_TRAFFIC);
    }

    /** A1 of AvailabilityReporter. */
    @Test
    void hasTheLastWordWhileTheNodeRecovers() {
        node.enter(NodeState.RECOVERING, "test");

        othersSay(ACCEPTING_TRAFFIC);
        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);
        othersSay(ACCEPTING_TRAFFIC);
        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);

        node.enter(NodeState.SERVING, "test");
        assertThat(last()).isEqualTo(ACCEPTING_TRAFFIC);
    }

    /** A2 of AvailabilityReporter. */
    @Test
    void takesBackItsOwnRefusalOnly() {
        serve();
        othersSay(ACCEPTING_TRAFFIC);
        node.enter(NodeState.POLICY_UNMET, "test");
        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);
        othersSay(REFUSING_TRAFFIC);
        node.enter(NodeState.SERVING, "test");

        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);

        othersSay(ACCEPTING_TRAFFIC);
        assertThat(last()).isEqualTo(ACCEPTING_TRAFFIC);
    }

    @Test
    void refusesBeforeTheDrainAndAcceptsAfterAnotherStart() {
        serve();
        othersSay(ACCEPTING_TRAFFIC);

        reporter.beforeStop();
        assertThat(node.state()).isEqualTo(NodeState.SERVING);
        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);
        othersSay(ACCEPTING_TRAFFIC);
        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);

        node.enter(NodeState.DRAINING, "test");
        reporter.beforeStart();
        node.reset();
        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);
        serve();
        assertThat(last()).isEqualTo(ACCEPTING_TRAFFIC);
    }

    @Test
    void breaksLivenessOnFailureAndMendsItOnAnotherStart() {
        serve();
        othersSay(ACCEPTING_TRAFFIC);

        node.fail("test", null);
        assertThat(published).endsWith(BROKEN, REFUSING_TRAFFIC);

        node.reset();
        assertThat(last()).isEqualTo(CORRECT);
    }

    /** A3 of AvailabilityReporter. */
    @Test
    void doesNotBreakLivenessForAnythingElse() {
        serve();
        node.enter(NodeState.FENCED, "test");
        node.enter(NodeState.DRAINING, "test");

        assertThat(published).doesNotContain(BROKEN);
    }

    @Test
    void isRightInTheEndHoweverLateItHears() {
        delays = true;
        serve();
        othersSay(ACCEPTING_TRAFFIC);
        node.enter(NodeState.POLICY_UNMET, "test");
        node.enter(NodeState.SERVING, "test");
        node.enter(NodeState.POLICY_UNMET, "test");
        delays = false;

        delayed.forEach(Runnable::run);

        assertThat(last()).isEqualTo(REFUSING_TRAFFIC);
    }
}
