package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Side;

/**
 * What a limit order holds back: price times quantity of quote for a buy, quantity of base else.
 */
final class Reserve {
    private Reserve() {}

    /** The amount, or {@link Amounts#OUT_OF_RANGE}, which no balance can cover. */
    static long of(Side side, long price, long quantity) {
        return side == Side.BUY ? Amounts.product(price, quantity) : quantity;
    }

    static boolean isCovered(long reserve, long available) {
        return reserve != Amounts.OUT_OF_RANGE && reserve <= available;
    }
}
