package io.melin.sample.exchange.load;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The course of a run, shared by all loops: set-up until every client is ready, then warm-up, then
 * the measured span. Threading: any.
 */
final class Phases {
    /** Longer than a loop looks away, so that all of them begin in time. */
    private static final long HEAD_START_NS = 2 * LoadLoop.SWEEP_NS;

    private final Timing timing;
    private final AtomicInteger unready;
    private volatile long startNs;
    private volatile boolean aborted;

    Phases(Timing timing, int clients) {
        this.timing = timing;
        unready = new AtomicInteger(clients);
    }

    /** One more client has done its share of the set-up. */
    void ready() {
        if (unready.decrementAndGet() == 0) {
            startNs = System.nanoTime() + HEAD_START_NS;
        }
    }

    /** Whether warm-up begins or has begun. */
    boolean isStarted() {
        return startNs != 0;
    }

    long startNs() {
        return startNs;
    }

    long measureStartNs() {
        return startNs + timing.warmupNs();
    }

    long measureEndNs() {
        return measureStartNs() + timing.measureNs();
    }

    boolean isMeasured(long timeNs) {
        long since = timeNs - measureStartNs();
        return since >= 0 && since < timing.measureNs();
    }

    /** Nothing is launched any more from here on. */
    long launchEndNs() {
        return measureEndNs() + timing.timeoutNs() / 2;
    }

    Timing timing() {
        return timing;
    }

    /** The run cannot succeed any more. */
    void abort() {
        aborted = true;
    }

    boolean isAborted() {
        return aborted;
    }
}
