package io.melin.sample.exchange.load;

import java.util.concurrent.ThreadLocalRandom;

/**
 * When a lost connection is opened again: each time later, never all at once, and not for ever.
 * Threading: one.
 */
final class Retry {
    private static final long FIRST_NS = 20_000_000;
    private static final int DOUBLINGS_MAX = 5;

    private final long patienceNs;
    private long since;
    private long atNs;
    private int attempts;
    private boolean hadSuccess;

    /**
     * @param patienceNs without success, after which there is no further attempt
     */
    Retry(long patienceNs) {
        this.patienceNs = patienceNs;
    }

    void begun(long nowNs) {
        if (attempts++ == 0) {
            since = nowNs;
        }
    }

    /** Whether there has been no success yet. */
    boolean isFirst() {
        return !hadSuccess;
    }

    void succeeded() {
        hadSuccess = true;
        attempts = 0;
    }

    /** Plans the next attempt; false if it is not worth one. */
    boolean later(long nowNs) {
        if (attempts > 0 && nowNs - since > patienceNs) {
            return false;
        }
        long mostNs = FIRST_NS << Math.min(attempts, DOUBLINGS_MAX);
        atNs = nowNs + ThreadLocalRandom.current().nextLong(FIRST_NS / 2, mostNs);
        return true;
    }

    boolean isDue(long nowNs) {
        return nowNs - atNs >= 0;
    }
}
