package io.melin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.AllocatedBytes;
import io.melin.testing.Seeds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyCountsTest {
    private static final double[] PERCENTS = {0.001, 1, 10, 25, 50, 90, 99, 99.9, 99.99, 100};

    private final LatencyCounts counts = new LatencyCounts();

    @Test
    void isEmptyAtFirst() {
        LatencySnapshot empty = counts.snapshot();

        assertThat(empty.total()).isZero();
        assertThat(empty.sumNs()).isZero();
        assertThat(empty.percentile(50)).isZero();
        assertThat(LatencySnapshot.EMPTY.total()).isZero();
    }

    @Test
    void countsIntoTheBucketAndAddsToTheSum() {
        counts.record(1_000_000_000);
        counts.record(1_000_000_000);
        counts.record(1_000_000_001);

        LatencySnapshot copy = counts.snapshot();
        int second = -LatencyBuckets.SCHEMA_INDEX_MIN;
        assertThat(copy.count(second)).isEqualTo(2);
        assertThat(copy.count(second + 1)).isEqualTo(1);
        assertThat(copy.total()).isEqualTo(3);
        assertThat(copy.sumNs()).isEqualTo(3_000_000_001L);
        assertThat(copy.countAtMost(1_000_000_000)).isEqualTo(2);
        assertThat(copy.countAtMost(999_999_999)).isZero();
        assertThat(copy.countAtMost(Long.MAX_VALUE)).isEqualTo(3);
    }

    @Test
    void takesZeroAndLessForTheSmallest() {
        counts.record(0);
        counts.record(-5);

        assertThat(counts.snapshot().count(0)).isEqualTo(2);
        assertThat(counts.snapshot().sumNs()).isZero();
    }

    /** Against the sorted values: the percentile is the end of the bucket that holds the ranked one. */
    @TestFactory
    Stream<DynamicTest> givesThePercentilesOfTheSortedValues() {
        return Seeds.each(LatencyCountsTest.class, LatencyCountsTest::comparePercentiles);
    }

    private static void comparePercentiles(Random random, String repro) {
        for (int round = 0; round < 50; round++) {
            LatencyCounts counts = new LatencyCounts();
            long[] values = new long[1 + random.nextInt(2_000)];
            Arrays.setAll(values, i -> 1 + (random.nextLong() >>> (20 + random.nextInt(43))));
            Arrays.stream(values).forEach(counts::record);
            Arrays.sort(values);
            LatencySnapshot copy = counts.snapshot();

            assertThat(copy.sumNs()).as(repro).isEqualTo(Arrays.stream(values).sum());
            for (double percent : PERCENTS) {
                long ranked = values[rank(percent, values.length) - 1];
                long expected = LatencyBuckets.upperNs(LatencyBuckets.index(ranked));
                assertThat(copy.percentile(percent))
                        .as("%s: p%s of %d", repro, percent, values.length)
                        .isEqualTo(expected);
                assertThat(expected - ranked).isLessThanOrEqualTo((long) (ranked * 0.0906));
            }
        }
    }

    private static int rank(double percent, int values) {
        return BigDecimal.valueOf(percent)
                .multiply(BigDecimal.valueOf(values))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                .intValueExact();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, Double.NaN})
    void refusesWhatIsNoPercentile(double percent) {
        assertThatThrownBy(() -> counts.snapshot().percentile(percent))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void tellsWhatHappenedBetweenTwoCopies() {
        counts.record(100);
        LatencySnapshot earlier = counts.snapshot();
        counts.record(5_000);
        counts.record(5_000);

        LatencySnapshot between = counts.snapshot().since(earlier);

        assertThat(between.total()).isEqualTo(2);
        assertThat(between.sumNs()).isEqualTo(10_000);
        assertThat(between.percentile(1)).isGreaterThanOrEqualTo(5_000);
        assertThat(counts.snapshot().total()).isEqualTo(3);
        assertThatThrownBy(() -> earlier.since(counts.snapshot()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void neverGoesBackForAReaderBesideTheWriter() throws InterruptedException { // C1
        long values = 3_000_000;
        Thread stage =
                new Thread(() -> {
                    for (long ns = 1; ns <= values; ns++) {
                        counts.record(ns);
                    }
                });
        stage.start();
        LatencySnapshot before = counts.snapshot();
        while (stage.isAlive()) {
            LatencySnapshot copy = counts.snapshot();
            assertThat(copy.since(before).total()).isNotNegative();
            assertThat(copy.sumNs()).isGreaterThanOrEqualTo(before.sumNs());
            before = copy;
        }
        stage.join();
        assertThat(counts.snapshot().total()).isEqualTo(values);
        assertThat(counts.snapshot().sumNs()).isEqualTo(values * (values + 1) / 2);
    }

    @Test
    void allocatesNothing() {
        long allocated =
                AllocatedBytes.during(() -> {
                    for (long ns = 1; ns <= 1_000_000; ns++) {
                        counts.record(ns * 37);
                    }
                });

        assertThat(allocated).isZero();
    }
}
