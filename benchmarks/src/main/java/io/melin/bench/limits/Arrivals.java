package io.melin.bench.limits;

import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/**
 * How long requests at a fixed rate would wait if nothing but syncs took any time: for the end of
 * the one under way, then for their own. A sync of 40 ms is one of thousands, but all the requests
 * that come due meanwhile wait for it, so this has a longer tail than the syncs have. Threading:
 * one.
 */
final class Arrivals implements LongConsumer {
    private static final long INTERVAL_NS = 10_000;

    private final Histogram waits = new Histogram(Stopwatch.HIGHEST_NS, 3);
    private long runningNs;
    private long dueNs;

    /**
     * A sync ended, and began when the one before it did so.
     *
     * @param syncNs how long it took
     */
    @Override
    public void accept(long syncNs) {
        for (; dueNs < runningNs; dueNs += INTERVAL_NS) {
            waits.recordValue(runningNs - dueNs + syncNs);
        }
        dueNs -= runningNs;
        runningNs = syncNs;
    }

    Histogram waits() {
        return waits;
    }
}
