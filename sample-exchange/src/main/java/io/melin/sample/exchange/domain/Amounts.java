package io.melin.sample.exchange.domain;

/**
 * The range of prices, quantities and sums: integers that every JSON reader keeps exactly.
 *
 * <p>Two values in range may be added without overflow; a product must go through {@link #product}.
 */
public final class Amounts {

    /** 2^53 - 1: the largest price, quantity, balance and level sum. */
    public static final long MAX = (1L << 53) - 1;

    /** Answer of {@link #product} when the product is over {@link #MAX}. */
    public static final long OUT_OF_RANGE = -1;

    private Amounts() {}

    /** Whether the value may stand as a price, a quantity or an amount: 1 to {@link #MAX}. */
    public static boolean isPositive(long value) {
        return value > 0 && value <= MAX;
    }

    /** Whether the sum of two values, each 0 to {@link #MAX}, stays in range. */
    public static boolean isSumInRange(long one, long other) {
        return one <= MAX - other;
    }

    /** Price times quantity, or {@link #OUT_OF_RANGE}. */
    public static long product(long price, long quantity) {
        long low = price * quantity;
        return Math.multiplyHigh(price, quantity) == 0 && low >= 0 && low <= MAX
                ? low
                : OUT_OF_RANGE;
    }
}
