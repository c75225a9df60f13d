package io.melin.time;

import java.time.Instant;

/** The machine's clocks. Allocation free. */
public enum SystemTime implements TimeSource {
    INSTANCE;

    /** Wall time at one reading of the ticker; re-read each {@link #REANCHOR_NS}. */
    private static final long REANCHOR_NS = 100_000_000;

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
     * {@link Instant#now()} allocates, so it is asked ten times a second and the ticker in between.
     */
    private static final class Anchor {
        private long epochNs;
        private long tickerNs;
        private boolean set;

        long epochNs() {
            long now = System.nanoTime();
            if (!set || now - tickerNs > REANCHOR_NS) {
                Instant instant = Instant.now();
                epochNs = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
                tickerNs = now;
                set = true;
            }
            return epochNs + (now - tickerNs);
        }
    }
}
