package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.wire.ExchangeEvent;
import java.math.BigInteger;

/** A live order of the naive exchange; its place in the list is its age. */
final class NaiveOrder {
    final String symbol;
    final long account;
    final long orderId;
    final Side side;
    long price;
    BigInteger open;

    NaiveOrder(ExchangeEvent event, long price) {
        this(event, event.side(), price, BigInteger.valueOf(event.quantity()));
    }

    NaiveOrder(ExchangeEvent event, Side side, long price, BigInteger open) {
        symbol = Name.text(event.nameHigh(), event.nameLow());
        account = event.account();
        orderId = event.orderId();
        this.side = side;
        this.price = price;
        this.open = open;
    }

    private NaiveOrder(NaiveOrder other) {
        symbol = other.symbol;
        account = other.account;
        orderId = other.orderId;
        side = other.side;
        price = other.price;
        open = other.open;
    }

    NaiveOrder copy() {
        return new NaiveOrder(this);
    }

    BigInteger reserve() {
        return side == Side.BUY ? open.multiply(BigInteger.valueOf(price)) : open;
    }
}
