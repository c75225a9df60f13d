package io.melin.spring.boot.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What follows when the node fails for good.
 *
 * @param action What the process does. Without a value it exits when the classes of the application
 *     come from a jar, and stays in an IDE or a test.
 * @param exitDelay How long the failure stays visible in health and metrics before the process
 *     exits.
 * @param stallTimeout How long a stage may have work and not get on with it before the node fails,
 *     for instance in a write that never returns. While the node starts: how long one disk call may
 *     take.
 */
@ConfigurationProperties("melin.failure")
public record MelinFailureProperties(
        @Nullable Action action,
        @DefaultValue("5s") Duration exitDelay,
        @DefaultValue("10s") Duration stallTimeout) {

    /** What the process does. */
    public enum Action {
        /** Ends with a code that is not zero, so that a supervisor restarts it. */
        EXIT,
        /** Stays, liveness broken, and refuses every request. */
        STOP
    }
}
