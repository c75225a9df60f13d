package io.melin.trace;

/**
 * Records when sampled events passed one {@link TracePoint}.
 *
 * <p>Ask {@link #isSampled} or {@link #anySampled} before reading the clock: for all others there
 * is nothing to do. Record before publishing the step. Threading: one stage; it may move with the
 * disk token.
 */
public final class StampWriter {
    private final Sampling sampling;
    private final StampArray stamps;

    StampWriter(Sampling sampling, StampArray stamps) {
        this.sampling = sampling;
        this.stamps = stamps;
    }

    public boolean isSampled(long sequence) {
        return sampling.isSampled(sequence);
    }

    /** Whether a sampled event lies in the range; false for an empty one. */
    public boolean anySampled(long firstInclusive, long lastInclusive) {
        return sampling.next(firstInclusive) <= lastInclusive;
    }

    /** Stamps {@code sequence} if it is sampled. */
    public void record(long sequence, long ns) {
        if (sampling.isSampled(sequence)) {
            stamps.put(sampling.ordinal(sequence), sequence, ns);
        }
    }

    /**
     * Stamps every sampled event of a batch that passed at once. Of a batch beyond the events in
     * flight only the newest stamps are found again.
     */
    public void recordRange(long firstInclusive, long lastInclusive, long ns) {
        long stride = sampling.stride();
        for (long sequence = sampling.next(firstInclusive);
                sequence <= lastInclusive;
                sequence += stride) {
            stamps.put(sampling.ordinal(sequence), sequence, ns);
        }
    }
}
