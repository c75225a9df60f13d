package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.time.TimeSource;
import io.melin.trace.LatencySnapshot;
import java.util.function.Supplier;

/**
 * What was recorded in the last one to two minutes, or since the last reading if that is longer
 * ago, for registries without histograms.
 *
 * <p>Threading: any; a copy is made at most once a second.
 */
final class RecentLatency {
    static final long WINDOW_NS = 60_000_000_000L;
    private static final long COPY_NS = 1_000_000_000L;

    private final Supplier<LatencySnapshot> counts;
    private final TimeSource time;
    private LatencySnapshot windowStart = LatencySnapshot.EMPTY;
    private LatencySnapshot windowNext;
    private LatencySnapshot recent;
    private long windowNs;
    private long copiedNs;

    RecentLatency(Supplier<LatencySnapshot> counts, TimeSource time) {
        this.counts = counts;
        this.time = time;
        this.windowNs = time.tickerNs();
        this.copiedNs = windowNs;
        this.windowNext = counts.get();
        this.recent = windowNext;
    }

    synchronized double percentileNs(double percent) {
        long nowNs = time.tickerNs();
        if (nowNs - copiedNs >= COPY_NS) {
            copy(nowNs);
        }
        return recent.percentile(percent);
    }

    private void copy(long nowNs) {
        LatencySnapshot now = counts.get();
        long passedNs = nowNs - windowNs;
        if (passedNs >= WINDOW_NS) {
            windowStart = windowNext; // as of the last reading, if that is longer ago
            windowNext = now;
            windowNs = nowNs;
        }
        recent = now.since(windowStart);
        copiedNs = nowNs;
    }
}
