package io.melin.sample.exchange.gateway;

import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;

/** An order that a client is about to ask for; one is filled again and again. */
public final class OrderDraft {
    int symbol;
    int account;
    long orderId;
    Side side = Side.BUY;
    OrderType type = OrderType.LIMIT;
    TimeInForce timeInForce = TimeInForce.GTC;
    SelfTradePrevention selfTradePrevention = SelfTradePrevention.CANCEL_NEWEST;
    long quantity;
    long price;

    /** Which order. */
    public OrderDraft key(int symbol, int account, long orderId) {
        this.symbol = symbol;
        this.account = account;
        this.orderId = orderId;
        return this;
    }

    /** Price and quantity; the price of a market order is not sent. */
    public OrderDraft size(long price, long quantity) {
        this.price = price;
        this.quantity = quantity;
        return this;
    }

    public OrderDraft side(Side side) {
        this.side = side;
        return this;
    }

    public OrderDraft type(OrderType type, TimeInForce timeInForce) {
        this.type = type;
        this.timeInForce = timeInForce;
        return this;
    }

    public OrderDraft selfTradePrevention(SelfTradePrevention selfTradePrevention) {
        this.selfTradePrevention = selfTradePrevention;
        return this;
    }

    public long orderId() {
        return orderId;
    }
}
