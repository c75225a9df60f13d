package io.melin.spring.boot.autoconfigure.health;

import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.shadow.ShadowStatus;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Never worse than UP: no answer waits for a snapshot. What is late, failing or damaged is a
 * detail, and a meter to alert on.
 */
final class SnapshotHealth implements HealthIndicator {
    private final MelinNode<?, ?> node;

    SnapshotHealth(MelinNode<?, ?> node) {
        this.node = node;
    }

    @Override
    public Health health() {
        NodeStatus.Run run = node.status().run();
        if (run == null) {
            return Health.outOfService().build();
        }
        NodeStatus.SnapshotStatus snapshot = run.snapshot();
        ShadowStatus shadow = snapshot.shadow();
        Health.Builder health =
                Health.up()
                        .withDetail("shadow", shadow.phase().name().toLowerCase(Locale.ROOT))
                        .withDetail("sequence", shadow.sequence())
                        .withDetail("late", snapshot.isLate());
        if (snapshot.dueForNs() > 0) {
            health.withDetail("dueFor", Duration.ofNanos(snapshot.dueForNs()).toString());
        }
        if (shadow.lastFailure() != null) {
            health.withDetail("lastFailure", shadow.lastFailure());
        }
        if (shadow.alarm() != null) {
            health.withDetail("alarm", shadow.alarm().toString());
        }
        return health.build();
    }
}
