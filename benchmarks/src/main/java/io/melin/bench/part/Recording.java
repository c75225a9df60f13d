package io.melin.bench.part;

import org.HdrHistogram.Histogram;

/** The latencies of one run that begins now: first a warm-up, then what counts. Threading: one. */
public final class Recording {
    private final Histogram latencies = new Histogram(LoadOptions.HIGHEST_NS, 3);
    private final long measureNs;
    private final long endNs;

    public Recording(LoadOptions load) {
        this(load, 0);
    }

    /**
     * @param moreWarmUpNs before the warm-up of every client
     */
    public Recording(LoadOptions load, long moreWarmUpNs) {
        measureNs = System.nanoTime() + moreWarmUpNs + load.warmUpNs();
        endNs = measureNs + load.measuredNs();
    }

    public boolean isOver(long nowNs) {
        return nowNs - endNs >= 0;
    }

    /** Takes a latency that ended in the measured time, and no other. */
    public void record(long startedNs, long nowNs) {
        if (nowNs - measureNs >= 0 && !isOver(nowNs)) {
            latencies.recordValue(Math.min(nowNs - startedNs, LoadOptions.HIGHEST_NS));
        }
    }

    public Histogram latencies() {
        return latencies;
    }
}
