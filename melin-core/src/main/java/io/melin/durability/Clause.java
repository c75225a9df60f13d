package io.melin.durability;

import java.util.Objects;

/**
 * One demand: at least {@code count} nodes, the primary included, hold the event at {@code level}.
 *
 * <p>Range: count 1 to {@value #COUNT_MAX}.
 */
public record Clause(Level level, int count) {
    /** A cluster has three data nodes at most. */
    public static final int COUNT_MAX = 3;

    public Clause {
        Objects.requireNonNull(level, "level");
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "clause count out of range: level="
                            + level.text()
                            + ", count="
                            + count
                            + ", min=1, max="
                            + COUNT_MAX);
        }
    }

    /** Whether whatever meets this clause meets {@code other} too. */
    boolean covers(Clause other) {
        return level.compareTo(other.level) >= 0 && count >= other.count;
    }

    /** Whether one process can vanish without taking the only copy with it. */
    boolean outlivesOneProcess() {
        return level == Level.PERSISTED || count >= 2;
    }

    @Override
    public String toString() {
        return level.text() + ">=" + count;
    }
}
