package io.melin.spring.boot.autoconfigure.health;

import io.melin.health.StateChange;
import io.melin.journal.JournalException;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** UP while the journal is open and has not failed; never touches the disk. */
final class JournalHealth implements HealthIndicator {
    private final MelinNode<?, ?> node;

    JournalHealth(MelinNode<?, ?> node) {
        this.node = node;
    }

    @Override
    public Health health() {
        NodeStatus status = node.status();
        NodeStatus.Run run = status.run();
        Health.Builder health = new Health.Builder(statusOf(status.state(), run != null));
        if (run != null) {
            NodeStatus.JournalStatus journal = run.journal();
            health.withDetail("directory", journal.directory())
                    .withDetail("durableSequence", journal.durable().sequence())
                    .withDetail("segment", journal.durable().segment())
                    .withDetail("offset", journal.durable().offset())
                    .withDetail("recoveredEntries", journal.recovery().entries())
                    .withDetail("spaceLow", journal.space().isLow());
        }
        Throwable cause = status.state().cause();
        return (cause instanceof JournalException ? health.withException(cause) : health).build();
    }

    private static Status statusOf(StateChange state, boolean isOpen) {
        if (state.cause() instanceof JournalException) {
            return Status.DOWN;
        }
        return switch (state.state().health()) {
            case UP, OUT_OF_SERVICE -> isOpen ? Status.UP : Status.OUT_OF_SERVICE;
            case DOWN -> Status.OUT_OF_SERVICE; // something else failed
        };
    }
}
