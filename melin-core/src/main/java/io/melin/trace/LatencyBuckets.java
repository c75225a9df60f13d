package io.melin.trace;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The buckets of all latency counts: those of a Prometheus native histogram of schema 3.
 *
 * <p>Schema bucket k ends at 2^(k/8) seconds, inclusive, and begins behind the end of k-1. A value
 * is a whole number of nanoseconds, so bucket k ends at floor(2^(k/8) x 10^9) ns, exactly. Bucket 0
 * here is schema bucket -239, the one of 1 ns; the last one holds every larger value that a long
 * can have. Buckets are at most 9.06 % wide; below some 12 ns many are empty, as no whole number
 * falls there.
 *
 * <p>Range: values below 1 ns count as 1 ns. Threading: constants; allocates nothing.
 */
public final class LatencyBuckets {
    /** Buckets per doubling are 2 to this power. */
    public static final int SCHEMA = 3;

    /** The schema's number of the bucket with index 0. */
    public static final int SCHEMA_INDEX_MIN = -239;

    private static final int PER_OCTAVE = 1 << SCHEMA;
    private static final int SCHEMA_INDEX_MAX = 265;

    /** How many buckets there are. */
    public static final int COUNT = SCHEMA_INDEX_MAX - SCHEMA_INDEX_MIN + 1;

    private static final int CELL_BITS = 4;
    private static final int CELLS_PER_OCTAVE = 1 << CELL_BITS;

    private static final double[] UPPER_SECONDS = new double[COUNT];
    private static final long[] UPPER_NS = new long[COUNT];

    /**
     * The bucket of the smallest value of each cell. A cell holds the values that agree in their
     * leading one and the {@value #CELL_BITS} bits behind it: it is at most 1/16 wide, less than
     * any bucket, so a value is in its cell's first bucket or in the next one.
     */
    private static final short[] FIRST_BUCKET = new short[Long.SIZE * CELLS_PER_OCTAVE];

    static {
        fillBounds();
        fillCells();
    }

    private LatencyBuckets() {}

    /** The bucket of a latency. */
    public static int index(long ns) {
        long value = Math.max(1, ns);
        int first = FIRST_BUCKET[cell(value)];
        return value > UPPER_NS[first] ? first + 1 : first;
    }

    /** The largest latency of a bucket, inclusive. */
    public static long upperNs(int index) {
        return UPPER_NS[index];
    }

    /** The upper bound of a bucket in seconds, 2^(k/8), inclusive. */
    public static double upperSeconds(int index) {
        return UPPER_SECONDS[index];
    }

    /** The number k of a bucket in the native histogram. */
    public static int schemaIndex(int index) {
        return SCHEMA_INDEX_MIN + index;
    }

    private static int cell(long value) {
        int zeros = Long.numberOfLeadingZeros(value);
        int leading = (int) ((value << zeros) >>> (Long.SIZE - 1 - CELL_BITS));
        return (Long.SIZE - 1 - zeros) * CELLS_PER_OCTAVE + leading - CELLS_PER_OCTAVE;
    }

    /** By decimal roots: doubles are off by one nanosecond here and there. */
    private static void fillBounds() {
        MathContext digits = new MathContext(60);
        BigDecimal two = BigDecimal.valueOf(2);
        BigDecimal step = two.sqrt(digits).sqrt(digits).sqrt(digits);
        BigDecimal nsPerSecond = BigDecimal.valueOf(1_000_000_000);
        BigDecimal longMax = BigDecimal.valueOf(Long.MAX_VALUE);
        for (int index = 0; index < COUNT; index++) {
            int octave = Math.floorDiv(schemaIndex(index), PER_OCTAVE);
            int part = Math.floorMod(schemaIndex(index), PER_OCTAVE);
            BigDecimal seconds = two.pow(octave, digits).multiply(step.pow(part, digits));
            BigDecimal ns = seconds.multiply(nsPerSecond);
            UPPER_SECONDS[index] = seconds.doubleValue();
            UPPER_NS[index] = ns.min(longMax).longValue();
        }
    }

    private static void fillCells() {
        int bucket = 0;
        for (int cell = 0; cell < FIRST_BUCKET.length - CELLS_PER_OCTAVE; cell++) {
            long smallest = smallest(cell);
            while (UPPER_NS[bucket] < smallest) {
                bucket++;
            }
            FIRST_BUCKET[cell] = (short) bucket;
        }
    }

    /** In the lowest octaves several cells share a value; only the first of them is ever asked. */
    private static long smallest(int cell) {
        int octave = cell / CELLS_PER_OCTAVE;
        long leading = CELLS_PER_OCTAVE + cell % CELLS_PER_OCTAVE;
        return octave >= CELL_BITS
                ? leading << (octave - CELL_BITS)
                : leading >> (CELL_BITS - octave);
    }
}
