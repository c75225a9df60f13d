package io.melin.bench.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    @Test
    void aRequestWaitsForTheRestOfTheRunningSyncAndForItsOwn() {
        sync(30_000, 100_000);

        Histogram waits = arrivals.waits();
        assertThat(waits.getTotalCount()).as("due at 0, 10 and 20 us").isEqualTo(3);
        assertThat(waits.getMinValue()).isBetween(109_900L, 110_100L);
        assertThat(waits.getMaxValue()).isBetween(129_900L, 130_100L);
    }

    @Test
    void theyComeDueAtTheSameRateAcrossSyncs() {
        sync(15_000, 15_000, 15_000, 15_000, 1);

        assertThat(arrivals.waits().getTotalCount()).as("60 us, one each 10").isEqualTo(6);
    }

    /** One sync in a thousand is slow, yet more than one request in twenty waits for it. */
    @Test
    void aSlowSyncCountsAsOftenAsRequestsWaitForIt() {
        for (int i = 0; i < 999; i++) {
            sync(100_000);
        }
        sync(10_000_000, 100_000);

        assertThat(arrivals.waits().getValueAtPercentile(95)).isGreaterThan(1_000_000);
        assertThat(arrivals.waits().getValueAtPercentile(85)).isLessThan(250_000);
    }

    private void sync(long... eachNs) {
        for (long ns : eachNs) {
            arrivals.accept(ns);
        }
    }
}
