package io.melin.spring.boot.autoconfigure.health;

import io.melin.health.StateChange;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** UP means: a submit right now can meet the durability policy. */
final class PipelineHealth implements HealthIndicator {
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final MelinNode<?, ?> node;

    PipelineHealth(MelinNode<?, ?> node) {
        this.node = node;
    }

    @Override
    public Health health() {
        NodeStatus status = node.status();
        StateChange state = status.state();
        Health.Builder health =
                new Health.Builder(statusOf(state))
                        .withDetail("state", state.state().name())
                        .withDetail("since", since(state))
                        .withDetail("reason", state.reason())
                        .withDetail("role", status.role())
                        .withDetail("policy", status.policy());
        NodeStatus.Run run = status.run();
        if (run != null) {
            health.withDetail("stampedSequence", run.cursors().stamped())
                    .withDetail("durableSequence", run.cursors().durable())
                    .withDetail("appliedSequence", run.cursors().applied());
        }
        if (run != null && run.gateway() != null) {
            health.withDetail("gatewayPort", run.gateway().address().getPort())
                    .withDetail("gatewayConnections", run.gateway().connections());
        }
        Throwable cause = state.cause();
        return (cause == null ? health : health.withException(cause)).build();
    }

    static Status statusOf(StateChange state) {
        return switch (state.state().health()) {
            case UP -> Status.UP;
            case OUT_OF_SERVICE -> Status.OUT_OF_SERVICE;
            case DOWN -> Status.DOWN;
        };
    }

    private static String since(StateChange state) {
        long epochNs = state.sinceEpochNs();
        return Instant.ofEpochSecond(epochNs / NS_PER_SECOND, epochNs % NS_PER_SECOND).toString();
    }
}
