package io.melin.trace;

/**
 * Which events are traced: one in N by the low bits of the sequence, so that all stages pick the
 * same ones without a word between them.
 *
 * <p>Off is a mask that never matches: the same two instructions, and nothing behind them.
 */
public final class Sampling {
    /** Traces nothing. */
    public static final Sampling OFF = new Sampling(0, 1);

    private final long mask;
    private final long match;

    private Sampling(long mask, long match) {
        this.mask = mask;
        this.match = match;
    }

    /**
     * Traces one event in {@code n}.
     *
     * <p>Range: a power of two, 1 (all) or more. Fails: {@link IllegalArgumentException}.
     */
    public static Sampling oneIn(int n) {
        if (Integer.bitCount(n) != 1 || n < 0) {
            throw new IllegalArgumentException("trace sampling must be a power of two: oneIn=" + n);
        }
        return new Sampling(n - 1L, 0);
    }

    public boolean isOff() {
        return match > mask;
    }

    public boolean isSampled(long sequence) {
        return (sequence & mask) == match;
    }

    /** The first sampled sequence that is not below {@code sequence}; MAX when off. */
    long next(long sequence) {
        return isOff() ? Long.MAX_VALUE : (sequence + mask) & ~mask;
    }

    /** How far two neighbouring sampled sequences are apart. */
    long stride() {
        return mask + 1;
    }

    /** Counts the sampled events: neighbours get neighbouring numbers. */
    long ordinal(long sequence) {
        return sequence >>> Long.bitCount(mask);
    }
}
