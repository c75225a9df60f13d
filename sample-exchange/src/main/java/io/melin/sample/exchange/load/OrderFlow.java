package io.melin.sample.exchange.load;

import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.gateway.OrderDraft;
import io.melin.sample.exchange.gateway.RequestEncoder;
import java.nio.ByteBuffer;

/**
 * The orders, cancels and replaces of one client. Endless until {@link #close}, after which it
 * cancels what may rest. Every order counts as live until it is cancelled: a client that is to be
 * fast does not look at what was filled. One thread.
 */
final class OrderFlow implements FrameSource {
    private static final double REPLACE = 0.07;
    private static final double CANCEL = 0.52;

    private static final double MARKET = 0.05;
    private static final double STOP = MARKET + 0.03;
    private static final double FOK = 0.02;
    private static final double IOC = FOK + 0.05;
    private static final double POST_ONLY = 0.05;

    private static final double ALLOW = 0.7;
    private static final SelfTradePrevention[] PREVENTIONS = SelfTradePrevention.values();

    private final Draws draws;
    private final LiveOrders live;
    private final boolean isLimitOnly;
    private final OrderDraft draft = new OrderDraft();
    private long nextOrderId;
    private boolean closed;

    /**
     * @param firstOrderId the ids go up from here
     */
    OrderFlow(Draws draws, LiveOrders live, Flow flow, long firstOrderId) {
        this.draws = draws;
        this.live = live;
        isLimitOnly = flow == Flow.LIMIT_ONLY;
        nextOrderId = firstOrderId;
    }

    /** From now on only what rests is cancelled. */
    void close() {
        closed = true;
    }

    /**
     * Writes a limit order that trades with no other of its kind, for what stands in the books
     * before the flow begins, evenly over the accounts: one that owned most of it would meet its
     * limits. False if as many are live as may be.
     */
    boolean rest(ByteBuffer out, long request) {
        if (live.isFull()) {
            return false;
        }
        int account = draws.anyAccount();
        int symbol = draws.symbol();
        Side side = draws.side();
        draft.key(symbol, account, nextOrderId++)
                .side(side)
                .size(draws.restingPrice(side), draws.quantity())
                .selfTradePrevention(SelfTradePrevention.ALLOW)
                .type(OrderType.LIMIT, TimeInForce.GTC);
        live.add(draft.orderId(), account, symbol, side);
        RequestEncoder.submit(out, request, draft);
        return true;
    }

    @Override
    public long orderId() {
        return draft.orderId();
    }

    @Override
    public boolean write(ByteBuffer out, long request) {
        if (closed) {
            return live.count() > 0 && cancel(out, request, live.count() - 1);
        }
        if (live.isFull()) {
            return cancel(out, request, live.overwritten());
        }
        double u = live.count() > 0 ? draws.unit() : 1;
        if (u < REPLACE) {
            replace(out, request, draws.victim(live.count()));
        } else if (u < CANCEL) {
            cancel(out, request, draws.victim(live.count()));
        } else {
            submit(out, request);
        }
        return true;
    }

    private boolean cancel(ByteBuffer out, long request, int index) {
        live.name(index, draft);
        live.remove(index);
        RequestEncoder.cancel(out, request, draft);
        return true;
    }

    private void replace(ByteBuffer out, long request, int index) {
        live.name(index, draft);
        draft.size(draws.price(live.side(index)), draws.quantity());
        RequestEncoder.cancelReplace(out, request, draft);
    }

    private void submit(ByteBuffer out, long request) {
        int account = draws.account();
        int symbol = draws.symbol();
        Side side = draws.side();
        draft.key(symbol, account, nextOrderId++)
                .side(side)
                .size(draws.price(side), draws.quantity())
                .selfTradePrevention(prevention());
        terms();
        live.add(draft.orderId(), account, symbol, side);
        RequestEncoder.submit(out, request, draft);
    }

    private void terms() {
        double u = isLimitOnly ? 1 : draws.unit();
        if (u < MARKET) {
            draft.type(OrderType.MARKET, TimeInForce.IOC);
            return;
        }
        double life = u < STOP || isLimitOnly ? 1 : draws.unit(); // a stop lives until cancelled
        if (life < IOC) {
            draft.type(OrderType.LIMIT, life < FOK ? TimeInForce.FOK : TimeInForce.IOC);
            return;
        }
        boolean isPostOnly = u >= STOP && !isLimitOnly && draws.unit() < POST_ONLY;
        draft.type(isPostOnly ? OrderType.POST_ONLY : OrderType.LIMIT, TimeInForce.GTC);
    }

    private SelfTradePrevention prevention() {
        double u = draws.unit();
        return PREVENTIONS[u < ALLOW ? 0 : 1 + Math.min(2, (int) ((u - ALLOW) * 10))];
    }
}
