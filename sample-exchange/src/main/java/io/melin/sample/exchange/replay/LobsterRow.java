package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Side;
import java.util.List;

/** A line of a LOBSTER book file: the levels of both sides, best first. */
record LobsterRow(List<Level> bids, List<Level> asks) {

    /** A price with the sum of its orders. */
    record Level(long price, long quantity) {}

    List<Level> side(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
