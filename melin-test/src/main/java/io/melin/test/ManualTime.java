package io.melin.test;

import io.melin.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clocks that move only when told. Threading: any.
 *
 * <p>The wall clock may be set to anything, also backwards; the ticker never moves back.
 */
public final class ManualTime implements TimeSource {
    private final AtomicLong epochNs;
    private final AtomicLong tickerNs = new AtomicLong();

    public ManualTime(long epochNs) {
        this.epochNs = new AtomicLong(epochNs);
    }

    @Override
    public long epochNs() {
        return epochNs.get();
    }

    @Override
    public long tickerNs() {
        return tickerNs.get();
    }

    /** Lets time pass: both clocks move on. */
    public void advance(Duration duration) {
        long ns = duration.toNanos();
        if (ns < 0) {
            throw new IllegalArgumentException("time passes forwards: duration=" + duration);
        }
        tickerNs.addAndGet(ns);
        epochNs.addAndGet(ns);
    }

    /** Steps the wall clock, as an operator or NTP does; the ticker does not notice. */
    public void setEpochNs(long ns) {
        epochNs.set(ns);
    }
}
