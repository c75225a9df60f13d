package io.melin.time;

import java.time.Instant;

/** The machine's clocks. The wall clock is right to a millisecond; readings allocate nothing. */
public enum SystemTime implements TimeSource {
    INSTANCE;

    /** How long the ticker goes on from one reading of the wall clock before both are compared. */
    private static final long CHECK_NS = 100_000_000;

    private static final long MILLISECOND_NS = 1_000_000;

    private final ThreadLocal<Anchor> anchors = ThreadLocal.withInitial(Anchor::new);

    @Override
    public long epochNs() {
        return anchors.get().epochNs();
    }

    @Override
    public long tickerNs() {
        return System.nanoTime();
    }

    /**
     * {@link Instant#now()} allocates, so it is asked only when the ticker and the wall clock in
     * milliseconds, which costs nothing, have come apart: by drift now and then, or by a step.
     */
    private static final class Anchor {
        private long epochNs;
        private long tickerNs;
        private long checkedNs;
        private boolean set;

        long epochNs() {
            long now = System.nanoTime();
            if (!set || now - checkedNs > CHECK_NS) {
                check(now);
            }
            return epochNs + (now - tickerNs);
        }

        private void check(long now) {
            long nowMs = Math.floorDiv(epochNs + (now - tickerNs), MILLISECOND_NS);
            if (!set || nowMs != System.currentTimeMillis()) {
                Instant instant = Instant.now();
                epochNs = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
                tickerNs = now;
                set = true;
            }
            checkedNs = now;
        }
    }
}
