package io.melin.client;

import java.time.Duration;

/**
 * How long a client backs off: before it connects again, and before it repeats what was refused.
 * Each pause is drawn evenly between nothing and a ceiling, which doubles from {@code min} to
 * {@code max} with each round that failed (full jitter).
 */
public record ReconnectConfig(Duration min, Duration max) {
    public static final ReconnectConfig DEFAULT =
            new ReconnectConfig(Duration.ofMillis(50), Duration.ofSeconds(5));

    public ReconnectConfig {
        ClientTimeouts.check("min", min);
        ClientTimeouts.check("max", max);
        if (max.compareTo(min) < 0) {
            throw new IllegalArgumentException(
                    "max must not be below min: min=" + min + ", max=" + max);
        }
    }

    /**
     * The longest pause after so many rounds.
     *
     * @param rounds rounds that failed before this one, 0 or more
     */
    long ceilingNs(int rounds) {
        long maxNs = max.toNanos();
        long minNs = min.toNanos();
        return rounds >= Long.numberOfLeadingZeros(minNs) - 1
                ? maxNs
                : Math.min(maxNs, minNs << rounds);
    }
}
