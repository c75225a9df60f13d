package io.melin.client;

import io.melin.time.TimeSource;
import java.time.Duration;

/** A clock that moves when told. */
final class TestTime implements TimeSource {
    private long nowNs = Long.MAX_VALUE - 1_000; // a ticker may wrap at any time

    void advance(Duration by) {
        nowNs += by.toNanos();
    }

    void advanceMs(long ms) {
        nowNs += ms * 1_000_000;
    }

    @Override
    public long epochNs() {
        return nowNs;
    }

    @Override
    public long tickerNs() {
        return nowNs;
    }
}
