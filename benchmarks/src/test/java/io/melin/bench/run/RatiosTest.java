package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.bench.part.Samples;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RatiosTest {
    private static final Pair PER_SECOND = new Pair("ours", "theirs", Figure.PER_SECOND);
    private static final Pair P50 = new Pair("ours", "theirs", Figure.P50);

    @Test
    void eachRoundIsHeldAgainstItself() {
        Ratios ratios = new Ratios(List.of(PER_SECOND, P50));
        ratios.add(samples("ours", 100, 500));
        ratios.add(samples("theirs", 200, 125));
        ratios.add(samples("theirs", 50, 1_000));
        ratios.add(samples("ours", 100, 500));

        assertThat(ratios.each(PER_SECOND)).containsExactly(0.5, 2.0);
        assertThat(ratios.each(P50)).containsExactly(4.0, 0.5);
    }

    @Test
    void aRowHasTheMedianTheSpreadAndEachRound() {
        Ratios ratios = new Ratios(List.of(PER_SECOND));
        for (double perSecond : new double[] {300, 100, 200}) {
            ratios.add(samples("ours", perSecond, 100));
            ratios.add(samples("theirs", 100, 100));
        }

        assertThat(ratios.table().lines().toList().get(2))
                .isEqualTo(
                        "| ours / theirs | a second |  | 2.000 (1.000 - 3.000) |"
                                + " 3.000 1.000 2.000 |");
    }

    @Test
    void moreThroughputAndLessLatencyKeepABar() {
        Pair throughput = new Pair("ours", "theirs", Figure.PER_SECOND, 0.6);
        Pair latency = new Pair("ours", "theirs", Figure.P50, 1 / 0.6);

        assertThat(throughput.verdict(0.6)).isEqualTo("at least 0.60: holds");
        assertThat(throughput.verdict(0.5)).isEqualTo("at least 0.60: missed");
        assertThat(latency.verdict(1.6)).isEqualTo("at most 1.67: holds");
        assertThat(latency.verdict(1.7)).isEqualTo("at most 1.67: missed");
    }

    @Test
    void whatDidNotRunHasNoRow() {
        Ratios ratios = new Ratios(List.of(PER_SECOND, P50));
        ratios.add(samples("ours", 100, 100));

        assertThat(ratios.table()).isEmpty();
    }

    private static Samples samples(String name, double perSecond, long latencyNs) {
        Histogram latencies = new Histogram(3);
        latencies.recordValue(latencyNs);
        return new Samples(name, perSecond, latencies);
    }
}
