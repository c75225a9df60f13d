package io.melin.trace;

import io.melin.integrity.Invariant;

/** A copy of {@link LatencyCounts}. Threading: immutable. */
public final class LatencySnapshot {
    /** Nothing was recorded. */
    public static final LatencySnapshot EMPTY =
            new LatencySnapshot(new long[LatencyBuckets.COUNT], 0);

    private final long[] counts;
    private final long sumNs;
    private final long total;

    LatencySnapshot(long[] counts, long sumNs) {
        this.counts = counts;
        this.sumNs = sumNs;
        long values = 0;
        for (long count : counts) {
            values += count;
        }
        this.total = values;
    }

    /** How many values fell into the bucket; see {@link LatencyBuckets}. */
    public long count(int index) {
        return counts[index];
    }

    /** How many values there are: the sum of all buckets (C1). */
    public long total() {
        return total;
    }

    public long sumNs() {
        return sumNs;
    }

    /** How many values lie in buckets that end at or below {@code ns}: never too many. */
    public long countAtMost(long ns) {
        long values = 0;
        for (int i = 0; i < counts.length && LatencyBuckets.upperNs(i) <= ns; i++) {
            values += counts[i];
        }
        return values;
    }

    /**
     * A latency that {@code percent} of the values do not exceed: the end of the bucket, so at most
     * 9.06 % too large and never too small.
     *
     * <p>Range: percent above 0, up to 100. Returns 0 when there are no values.
     */
    public long percentile(double percent) {
        Invariant.check(percent > 0 && percent <= 100, "not a percentile: percent=" + percent);
        double share = percent * total / 100; // multiplied first: 99.9 % of 1,000 is 999
        long rank = Math.max(1, Math.min(total, (long) Math.ceil(share)));
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            if (below >= rank) {
                return LatencyBuckets.upperNs(i);
            }
        }
        return 0;
    }

    /** What was recorded between {@code earlier}, a copy of the same counts, and this one. */
    public LatencySnapshot since(LatencySnapshot earlier) {
        long[] difference = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            difference[i] = counts[i] - earlier.counts[i];
            Invariant.check(difference[i] >= 0, "not an earlier copy of these counts");
        }
        return new LatencySnapshot(difference, sumNs - earlier.sumNs);
    }
}
