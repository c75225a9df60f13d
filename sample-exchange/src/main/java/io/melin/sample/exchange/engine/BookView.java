package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.domain.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A book as an answer: levels from the best down.
 *
 * @param lastTradePrice null before the first trade
 */
public record BookView(
        Name symbol, List<Level> bids, List<Level> asks, @Nullable Long lastTradePrice) {

    /** A price with the sum and number of its orders. */
    public record Level(long price, long quantity, int orders) {}
}
