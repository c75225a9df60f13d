package io.melin.apply;

/**
 * How much the exactly-once memory holds; constants of a lineage, since every node must forget
 * alike.
 *
 * <p>Range: counts 1 to 2^20; {@code window} a power of two, 64 to 65,536; {@code outcomeBytesMax}
 * a power of two, 64 bytes to 1 GiB; {@code clientsMax * window} at most 2^30.
 *
 * @param clientsMax numbered clients remembered; one more forgets the one longest without a new
 *     event
 * @param window request numbers remembered per client, counted down from its highest
 * @param keysMax keys remembered; one more forgets the oldest
 * @param outcomesMax outcomes that a repeat can still get
 * @param outcomeBytesMax bytes of reports and reasons of these outcomes, 4 more for each report
 */
public record DedupLimits(
        int clientsMax, int window, int keysMax, int outcomesMax, int outcomeBytesMax) {

    /** The limits of every lineage of this format. */
    public static final DedupLimits LINEAGE =
            new DedupLimits(65_536, 1_024, 65_536, 65_536, 16 << 20);

    private static final int COUNT_MAX = 1 << 20;
    private static final long WINDOW_BITS_MAX = 1L << 30;

    public DedupLimits {
        requireRange("clientsMax", clientsMax, 1, COUNT_MAX);
        requireRange("window", window, Long.SIZE, 65_536);
        requirePowerOfTwo("window", window);
        if ((long) clientsMax * window > WINDOW_BITS_MAX) {
            throw new IllegalArgumentException(
                    "dedup windows too large together: clientsMax="
                            + clientsMax
                            + ", window="
                            + window
                            + ", productMax="
                            + WINDOW_BITS_MAX);
        }
        requireRange("keysMax", keysMax, 1, COUNT_MAX);
        requireRange("outcomesMax", outcomesMax, 1, COUNT_MAX);
        requireRange("outcomeBytesMax", outcomeBytesMax, 64, 1 << 30);
        requirePowerOfTwo("outcomeBytesMax", outcomeBytesMax);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "dedup limit out of range: name="
                            + name
                            + ", value="
                            + value
                            + ", min="
                            + min
                            + ", max="
                            + max);
        }
    }

    private static void requirePowerOfTwo(String name, int value) {
        if (Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(
                    "dedup limit must be a power of two: name=" + name + ", value=" + value);
        }
    }
}
