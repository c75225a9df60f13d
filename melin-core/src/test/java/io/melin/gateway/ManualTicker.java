package io.melin.gateway;

import io.melin.time.TimeSource;
import java.time.Duration;

/** A clock that stands still until told otherwise. */
final class ManualTicker implements TimeSource {
    private long nowNs = 1_000_000_000;

    void pass(Duration time) {
        nowNs += time.toNanos();
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
