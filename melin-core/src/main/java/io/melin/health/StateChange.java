package io.melin.health;

import org.jspecify.annotations.Nullable;

/**
 * A state, how it came about and since when.
 *
 * <p>Units: {@code sinceEpochNs} wall clock, {@code sinceTickerNs} the monotonic ticker.
 *
 * @param previous the state before, null for the first of a run
 * @param cause what broke, only for {@link NodeState#FAILED} and only if something was thrown
 */
public record StateChange(
        @Nullable NodeState previous,
        NodeState state,
        String reason,
        long sinceEpochNs,
        long sinceTickerNs,
        @Nullable Throwable cause) {}
