package io.melin.sample.exchange.table;

/**
 * A digest of a set of facts that is kept up to date as facts come and go.
 *
 * <p>D1: equal sets give equal digests, in whatever order their facts came. Threading: one thread.
 */
public final class StateDigest {
    private long sum;

    /** Counts a fact in; {@code hash} must name its kind too, see {@link Mix}. */
    public void add(long hash) {
        sum += hash;
    }

    /** Counts a fact out. */
    public void remove(long hash) {
        sum -= hash;
    }

    /**
     * The digest of all facts and one counter. Never 0, which would mean that none is offered.
     */
    public long value(long counter) {
        long mixed = Mix.of(sum, counter);
        return mixed == 0 ? 1 : mixed;
    }
}
