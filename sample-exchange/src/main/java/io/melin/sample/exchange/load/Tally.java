package io.melin.sample.exchange.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one loop has counted and measured. The loop's thread writes; others read what it last
 * published, the latencies and the first faults.
 */
final class Tally {
    private static final long HIGHEST_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;
    private static final int FAULTS_MAX = 5;

    private final long[] counts = new long[Count.values().length];
    private final AtomicLongArray published = new AtomicLongArray(counts.length);
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
    private final List<String> faults = new ArrayList<>();

    /** Owner only. */
    void add(Count count, long amount) {
        counts[count.ordinal()] += amount;
    }

    /** Owner only. */
    void latency(long ns) {
        latencies.recordValue(Math.min(Math.max(ns, 0), HIGHEST_NS));
    }

    /** Owner only. */
    void fault(String fault) {
        add(Count.ERRORS, 1);
        synchronized (faults) {
            if (faults.size() < FAULTS_MAX) {
                faults.add(fault);
            }
        }
    }

    /** Owner only. */
    void publish() {
        for (int i = 0; i < counts.length; i++) {
            published.lazySet(i, counts[i]);
        }
    }

    long get(Count count) {
        return published.get(count.ordinal());
    }

    SingleWriterRecorder latencies() {
        return latencies;
    }

    List<String> faults() {
        synchronized (faults) {
            return List.copyOf(faults);
        }
    }
}
