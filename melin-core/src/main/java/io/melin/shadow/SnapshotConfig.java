package io.melin.shadow;

import java.time.Duration;

/**
 * When a snapshot is due, and how many stay. It is due when any of the three is reached since the
 * last one; without a new entry never.
 *
 * @param shadow which nodes take snapshots
 * @param interval since the first entry that is in no snapshot
 * @param entries in no snapshot
 * @param bytes of entries in no snapshot
 * @param keep good snapshots that stay, 2 or more
 */
public record SnapshotConfig(
        ShadowMode shadow, Duration interval, long entries, long bytes, int keep) {

    private static final Duration INTERVAL_MIN = Duration.ofMillis(1);
    private static final Duration INTERVAL_MAX = Duration.ofDays(365);

    public static final SnapshotConfig DEFAULT =
            new SnapshotConfig(ShadowMode.ON, Duration.ofMinutes(10), 10_000_000, 1L << 30, 2);

    public static final SnapshotConfig OFF =
            new SnapshotConfig(
                    ShadowMode.OFF, DEFAULT.interval, DEFAULT.entries, DEFAULT.bytes, DEFAULT.keep);

    public SnapshotConfig {
        check(
                interval.compareTo(INTERVAL_MIN) >= 0 && interval.compareTo(INTERVAL_MAX) <= 0,
                "interval must be 1 ms to 365 days: interval=" + interval);
        check(entries >= 1, "entries must be 1 or more: entries=" + entries);
        check(bytes >= 1, "bytes must be 1 or more: bytes=" + bytes);
        check(keep >= 2, "keep must be 2 or more: keep=" + keep);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("snapshot: " + message);
        }
    }
}
