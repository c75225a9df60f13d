package io.melin.sample.exchange.table;

/** Spreads longs over 64 bits; the same on every machine and every run. Source: SplitMix64. */
public final class Mix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    public static long of(long value) {
        long z = value + GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    public static long of(long first, long second) {
        return of(of(first) + second);
    }
}
