package io.melin.sample.exchange.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmountsTest {
    private static final BigInteger MAX = BigInteger.valueOf(Amounts.MAX);

    @Test
    void aProductIsExactOrOutOfRange() {
        List<Long> values =
                List.of(
                        1L,
                        2L,
                        3L,
                        94906265L,
                        94906266L,
                        94906267L,
                        1L << 26,
                        1L << 27,
                        1L << 32,
                        1L << 33,
                        Amounts.MAX / 2,
                        Amounts.MAX / 2 + 1,
                        Amounts.MAX - 1,
                        Amounts.MAX);
        for (long price : values) {
            for (long quantity : values) {
                BigInteger exact = BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity));
                long expected =
                        exact.compareTo(MAX) <= 0 ? exact.longValueExact() : Amounts.OUT_OF_RANGE;

                assertThat(Amounts.product(price, quantity))
                        .as("%d * %d", price, quantity)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aSumEndsAtTheMaximum() {
        assertThat(Amounts.isSumInRange(Amounts.MAX, 0)).isTrue();
        assertThat(Amounts.isSumInRange(Amounts.MAX - 1, 1)).isTrue();
        assertThat(Amounts.isSumInRange(Amounts.MAX, 1)).isFalse();
        assertThat(Amounts.isSumInRange(Amounts.MAX, Amounts.MAX)).isFalse();
    }
}
