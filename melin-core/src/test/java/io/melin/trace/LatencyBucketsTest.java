package io.melin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.melin.testing.Seeds;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LatencyBucketsTest {
    /** The bounds of schema 3 within one doubling, as the Prometheus clients list them. */
    private static final double[] PUBLISHED = {
        0.5,
        0.5452538663326288,
        0.5946035575013605,
        0.6484197773255048,
        0.7071067811865475,
        0.7711054127039704,
        0.8408964152537144,
        0.9170040432046711
    };

    @Test
    void endsWhereSchemaThreeEnds() {
        for (int index = 0; index < LatencyBuckets.COUNT; index++) {
            int k = LatencyBuckets.schemaIndex(index);
            double published = Math.scalb(PUBLISHED[Math.floorMod(k, 8)], Math.floorDiv(k, 8) + 1);

            assertThat(LatencyBuckets.upperSeconds(index) / published).isCloseTo(1, within(4e-16));
        }
        assertThat(LatencyBuckets.upperSeconds(-LatencyBuckets.SCHEMA_INDEX_MIN)).isEqualTo(1.0);
        assertThat(LatencyBuckets.upperNs(-LatencyBuckets.SCHEMA_INDEX_MIN))
                .isEqualTo(1_000_000_000);
    }

    @Test
    void endsAtTheLastWholeNanosecondOfTheBound() {
        for (int index = 0; index < LatencyBuckets.COUNT - 1; index++) {
            int k = LatencyBuckets.schemaIndex(index);
            BigInteger upper = BigInteger.valueOf(LatencyBuckets.upperNs(index));

            assertThat(isWithin(upper, k)).isTrue();
            assertThat(isWithin(upper.add(BigInteger.ONE), k)).isFalse();
        }
        assertThat(LatencyBuckets.upperNs(LatencyBuckets.COUNT - 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void coversOneNanosecondToFarBeyondAHundredSeconds() {
        assertThat(LatencyBuckets.index(1)).isZero();
        assertThat(LatencyBuckets.upperNs(0)).isEqualTo(1);
        assertThat(LatencyBuckets.index(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
        assertThat(LatencyBuckets.index(0)).isZero();
        assertThat(LatencyBuckets.index(Long.MIN_VALUE)).isZero();
    }

    @Test
    void findsTheBucketOfEverySmallLatency() {
        int bucket = 0;
        for (long ns = 1; ns <= 5_000_000; ns++) {
            while (ns > LatencyBuckets.upperNs(bucket)) {
                bucket++;
            }
            if (LatencyBuckets.index(ns) != bucket) {
                assertThat(LatencyBuckets.index(ns)).as("ns=%d", ns).isEqualTo(bucket);
            }
        }
    }

    @Test
    void findsTheBucketAroundEveryBoundAndEveryCell() {
        for (int index = 0; index < LatencyBuckets.COUNT; index++) {
            assertNeighbours(LatencyBuckets.upperNs(index));
        }
        for (int octave = 0; octave < 63; octave++) {
            for (long leading = 16; leading < 32; leading++) {
                assertNeighbours(octave >= 4 ? leading << (octave - 4) : leading >> (4 - octave));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> findsTheBucketOfRandomLatencies() {
        return Seeds.each(
                LatencyBucketsTest.class,
                (random, repro) -> {
                    for (int round = 0; round < 20_000; round++) {
                        assertExact(logUniform(random), repro);
                    }
                });
    }

    private static long logUniform(Random random) {
        return Math.max(1, random.nextLong() >>> (1 + random.nextInt(63)));
    }

    private static void assertNeighbours(long ns) {
        for (long value = ns - 2; value <= ns + 2; value++) {
            if (value >= 1) { // beyond MAX it turns negative
                assertExact(value, "neighbour");
            }
        }
    }

    private static void assertExact(long ns, String description) {
        int found = LatencyBuckets.index(ns);
        int expected = dumb(BigInteger.valueOf(ns));
        if (found != expected) {
            assertThat(found).as("%s: ns=%d", description, ns).isEqualTo(expected);
        }
    }

    /** Binary search for the first bucket that holds the value, in whole numbers only. */
    private static int dumb(BigInteger ns) {
        int low = 0;
        int high = LatencyBuckets.COUNT - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isWithin(ns, LatencyBuckets.schemaIndex(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** ns <= 2^(k/8) x 10^9, without a root: both sides to the eighth power. */
    private static boolean isWithin(BigInteger ns, int k) {
        BigInteger left = ns.pow(8).shiftLeft(Math.max(0, -k));
        BigInteger right = BigInteger.TEN.pow(72).shiftLeft(Math.max(0, k));
        return left.compareTo(right) <= 0;
    }
}
