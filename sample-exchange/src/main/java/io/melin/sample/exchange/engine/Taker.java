package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.wire.ExchangeEvent;

/** The order that is being entered; one reused instance. One thread. */
final class Taker {
    /** No spending budget: a limit order's own price bounds what it can cost. */
    static final long UNBOUNDED = Long.MAX_VALUE;

    private long orderId;
    private long accountId;
    private int account;
    private Side side = Side.BUY;
    private OrderType type = OrderType.LIMIT;
    private TimeInForce timeInForce = TimeInForce.GTC;
    private SelfTradePrevention prevention = SelfTradePrevention.ALLOW;
    private long price;
    private long open;
    private long budget;

    Taker read(ExchangeEvent event, int account) {
        orderId = event.orderId();
        accountId = event.account();
        this.account = account;
        side = event.side();
        type = event.type();
        timeInForce = event.timeInForce();
        prevention = event.selfTradePrevention();
        price = event.price();
        open = event.quantity();
        budget = UNBOUNDED;
        return this;
    }

    long orderId() {
        return orderId;
    }

    long accountId() {
        return accountId;
    }

    /** Index of the owner in the ledger. */
    int account() {
        return account;
    }

    Side side() {
        return side;
    }

    boolean isMarket() {
        return type == OrderType.MARKET;
    }

    boolean isPostOnly() {
        return type == OrderType.POST_ONLY;
    }

    TimeInForce timeInForce() {
        return timeInForce;
    }

    SelfTradePrevention prevention() {
        return prevention;
    }

    /** The limit as a price on the other side's scale: a market order reaches every level. */
    long limit() {
        if (!isMarket()) {
            return price;
        }
        return side == Side.BUY ? Long.MAX_VALUE : 0;
    }

    long price() {
        return price;
    }

    /** What is not traded yet. */
    long open() {
        return open;
    }

    /** What a market buy may still spend, or {@link #UNBOUNDED}. */
    long budget() {
        return budget;
    }

    void budget(long budget) {
        this.budget = budget;
    }

    void traded(long quantity, long cost) {
        open -= quantity;
        if (budget != UNBOUNDED) {
            budget -= cost;
        }
    }
}
