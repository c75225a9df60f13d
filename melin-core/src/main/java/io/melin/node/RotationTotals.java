package io.melin.node;

import io.melin.journal.RotationCounters;

/**
 * Rotations of the live segment by how the next one came to be.
 *
 * @param fast into a prepared segment
 * @param fallback into one that was made on the spot
 * @param failed the old segment went on, or the node stopped
 */
public record RotationTotals(long fast, long fallback, long failed) {
    static final RotationTotals NONE = new RotationTotals(0, 0, 0);

    RotationTotals plus(RotationCounters counters) {
        return new RotationTotals(
                fast + counters.fast().acquire(),
                fallback + counters.fallback().acquire(),
                failed + counters.failures().acquire());
    }
}
