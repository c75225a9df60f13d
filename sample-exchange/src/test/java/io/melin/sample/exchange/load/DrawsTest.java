package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.domain.Side;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** The distributions that docs/load.md promises, each within what chance allows. */
class DrawsTest {
    private static final int SAMPLES = 1_000_000;
    private static final int ACCOUNTS = 10_000;
    private static final int INSTRUMENTS = 100;

    @Test
    void pricesLieAsOnARealMarket() {
        for (long seed : Seeds.of("DrawsTest", 2)) {
            Draws draws = draws(Flow.FIXED, seed);
            int[] offsets = sorted(draws::offset);

            assertThat(percentile(offsets, 50)).as("seed=%d", seed).isBetween(219, 225);
            assertThat(percentile(offsets, 75)).as("seed=%d", seed).isBetween(1_090, 1_155);
            assertThat(percentile(offsets, 99)).as("seed=%d", seed).isBetween(34_500, 40_500);
            assertThat(offsets[0]).isEqualTo(50);
            assertThat(offsets[SAMPLES - 1]).isEqualTo(2_000_000);
            double clamped = Arrays.stream(offsets).filter(offset -> offset == 1_500).count();
            assertThat(clamped / SAMPLES).as("seed=%d", seed).isCloseTo(0.174, within(0.002));
        }
    }

    @Test
    void sizesAreMostlyRoundLots() {
        for (long seed : Seeds.of("DrawsTest", 2)) {
            int[] sizes = sorted(draws(Flow.FIXED, seed)::quantity);

            assertThat(percentile(sizes, 10)).as("seed=%d", seed).isBetween(29, 32);
            assertThat(percentile(sizes, 25)).as("seed=%d", seed).isBetween(99, 100);
            assertThat(percentile(sizes, 75)).isEqualTo(100);
            assertThat(percentile(sizes, 95)).as("seed=%d", seed).isEqualTo(300);
            assertThat(percentile(sizes, 99)).as("seed=%d", seed).isBetween(998, 1_000);
            assertThat(Arrays.stream(sizes).average().orElseThrow())
                    .as("seed=%d", seed)
                    .isBetween(129.0, 139.0);
            assertThat(sizes[0]).isEqualTo(1);
            assertThat(sizes[SAMPLES - 1]).isLessThanOrEqualTo(100_000);
        }
    }

    @Test
    void accountsAreFewAndBusy() {
        int[] compat = counts(draws(Flow.COMPAT, 1)::account);
        int[] fixed = counts(draws(Flow.FIXED, 1)::account);

        assertThat(compat[1]).as("never drawn").isZero();
        assertThat(share(compat[2])).isCloseTo(0.499, within(0.003));
        assertThat(share(compat[3])).isCloseTo(0.166, within(0.003));
        assertThat(share(compat[4])).isCloseTo(0.084, within(0.003));
        assertThat(share(fixed[1])).isCloseTo(0.5, within(0.003));
        assertThat(share(fixed[2])).isCloseTo(0.167, within(0.003));
        assertThat(compat).hasSizeLessThanOrEqualTo(ACCOUNTS + 1);
    }

    @Test
    void accountsOfAnEvenMarketAreAllAlike() {
        Market even = new Market(10, INSTRUMENTS, true);
        Draws draws = new Draws(Draws.random(Flow.FIXED, 1, 0), Flow.FIXED, even);
        int[] counts = counts(draws::account);

        assertThat(counts).hasSize(11);
        assertThat(counts[0]).isZero();
        for (int account = 1; account <= 10; account++) {
            assertThat(share(counts[account])).isCloseTo(0.1, within(0.002));
        }
    }

    @Test
    void symbolsAreUniformAndOneDoesNotExistInCompat() {
        int[] fixed = counts(draws(Flow.FIXED, 1)::symbol);
        int[] compat = counts(draws(Flow.COMPAT, 1)::symbol);

        assertThat(fixed).hasSize(INSTRUMENTS);
        assertThat(compat).hasSize(INSTRUMENTS + 1);
        assertThat(compat[0]).isZero();
        assertThat(share(compat[INSTRUMENTS])).isCloseTo(0.01, within(0.001));
        assertThat(share(fixed[0])).isCloseTo(0.01, within(0.001));
    }

    @Test
    void aTenthIsAggressiveAndBuysStayAboveNothing() {
        Draws draws = draws(Flow.FIXED, 1);
        int across = 0;
        for (int i = 0; i < SAMPLES; i++) {
            long price = draws.price(Side.BUY);
            across += price > Draws.MID ? 1 : 0;
            assertThat(price).isPositive();
        }
        assertThat(share(across)).isCloseTo(0.1, within(0.002));
    }

    @Test
    void cancelsTheNewestInFixedAndTheOldestInCompat() {
        double newest = 0;
        double oldest = 0;
        Draws fixed = draws(Flow.FIXED, 1);
        Draws compat = draws(Flow.COMPAT, 1);
        for (int i = 0; i < SAMPLES; i++) {
            newest += fixed.victim(1_000) >= 750 ? 1 : 0;
            oldest += compat.victim(1_000) < 250 ? 1 : 0;
        }
        assertThat(newest / SAMPLES).isCloseTo(0.5, within(0.003));
        assertThat(oldest / SAMPLES).isCloseTo(0.5, within(0.003));
    }

    @Test
    void seedsDifferByClientButInCompat() {
        assertThat(first(Flow.FIXED, 0)).isEqualTo(first(Flow.FIXED, 0));
        assertThat(first(Flow.FIXED, 0)).isNotEqualTo(first(Flow.FIXED, 1));
        assertThat(first(Flow.LIMIT_ONLY, 5)).isNotEqualTo(first(Flow.LIMIT_ONLY, 6));
        assertThat(first(Flow.COMPAT, 0)).isEqualTo(first(Flow.COMPAT, 1));
    }

    private static long first(Flow flow, int client) {
        return Draws.random(flow, 42, client).nextLong();
    }

    private static Draws draws(Flow flow, long seed) {
        return new Draws(Draws.random(flow, seed, 0), flow, Market.of(ACCOUNTS, INSTRUMENTS));
    }

    private static int[] sorted(IntSupplier draw) {
        int[] samples = new int[SAMPLES];
        Arrays.setAll(samples, i -> draw.getAsInt());
        Arrays.sort(samples);
        return samples;
    }

    private static int[] counts(IntSupplier draw) {
        int[] samples = sorted(draw);
        int[] counts = new int[samples[SAMPLES - 1] + 1];
        for (int sample : samples) {
            counts[sample]++;
        }
        return counts;
    }

    private static int percentile(int[] sorted, int percentile) {
        return sorted[(int) ((long) sorted.length * percentile / 100)];
    }

    private static double share(int count) {
        return (double) count / SAMPLES;
    }
}
