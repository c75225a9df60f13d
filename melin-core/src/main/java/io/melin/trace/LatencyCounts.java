package io.melin.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How often each latency occurred, in the {@link LatencyBuckets}; cumulative, never reset.
 *
 * <p>Threading: one writer, at the cost of two plain additions; any thread copies without
 * disturbing it. C1: a copy's total is that of its buckets. Its sum may be off by the values that
 * were recorded while it was made. Two copies taken one after the other by one thread never go
 * back.
 */
public final class LatencyCounts {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SUM = LatencyBuckets.COUNT;

    private final long[] counts = new long[LatencyBuckets.COUNT + 1];

    /** Writer only. Below 1 ns counts as 1 ns, and adds nothing to the sum. */
    public void record(long ns) {
        int index = LatencyBuckets.index(ns);
        LONGS.setOpaque(counts, index, counts[index] + 1);
        LONGS.setOpaque(counts, SUM, counts[SUM] + Math.max(0, ns));
    }

    /** A copy of this moment. Allocates. */
    public LatencySnapshot snapshot() {
        long sumNs = (long) LONGS.getOpaque(counts, SUM);
        long[] copy = new long[LatencyBuckets.COUNT];
        for (int index = 0; index < copy.length; index++) {
            copy[index] = (long) LONGS.getOpaque(counts, index);
        }
        return new LatencySnapshot(copy, sumNs);
    }
}
