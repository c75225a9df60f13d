package io.melin.sample.exchange.gateway;

import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.gateway.RequestLayout.AddInstrument;
import io.melin.sample.exchange.gateway.RequestLayout.Cancel;
import io.melin.sample.exchange.gateway.RequestLayout.CancelReplace;
import io.melin.sample.exchange.gateway.RequestLayout.QueryPosition;
import io.melin.sample.exchange.gateway.RequestLayout.SubmitHead;
import io.melin.sample.exchange.gateway.RequestLayout.SubmitTail;
import io.melin.sample.exchange.gateway.RequestLayout.Transfer;
import io.melin.wire.RequestFrame;
import java.nio.ByteBuffer;

/**
 * A client's frames, written whole at the position of a little-endian buffer. Allocates nothing and
 * checks nothing. Threading: any, it has no state.
 */
public final class RequestEncoder {

    /** Bytes of the largest frame. */
    public static final int FRAME_BYTES_MAX =
            RequestFrame.PAYLOAD + SubmitHead.END + Long.BYTES + SubmitTail.END;

    private RequestEncoder() {}

    public static void submit(ByteBuffer out, long request, OrderDraft order) {
        boolean isPriced = order.type != OrderType.MARKET;
        int payload = SubmitHead.END + (isPriced ? Long.BYTES : 0) + SubmitTail.END;
        RequestFrame.begin(out, request, ExchangeTag.SUBMIT, payload)
                .putInt(order.symbol)
                .putLong(order.orderId)
                .putInt(order.account)
                .put(order.side.code())
                .put(order.type.code());
        if (isPriced) {
            out.putLong(order.price);
        }
        out.put(order.timeInForce.code())
                .putLong(order.quantity)
                .put(order.selfTradePrevention.code());
    }

    public static void cancel(ByteBuffer out, long request, OrderDraft order) {
        RequestFrame.begin(out, request, ExchangeTag.CANCEL, Cancel.END)
                .putInt(order.symbol)
                .putInt(order.account)
                .putLong(order.orderId);
    }

    public static void cancelReplace(ByteBuffer out, long request, OrderDraft order) {
        RequestFrame.begin(out, request, ExchangeTag.CANCEL_REPLACE, CancelReplace.END)
                .putInt(order.symbol)
                .putInt(order.account)
                .putLong(order.orderId)
                .putLong(order.price)
                .putLong(order.quantity);
    }

    public static void addInstrument(
            ByteBuffer out, long request, int symbol, int base, int quote) {
        RequestFrame.begin(out, request, ExchangeTag.ADD_INSTRUMENT, AddInstrument.END)
                .putInt(symbol)
                .putInt(base)
                .putInt(quote);
    }

    public static void deposit(
            ByteBuffer out, long request, int account, int currency, long amount) {
        transfer(out, request, ExchangeTag.DEPOSIT)
                .putInt(account)
                .putInt(currency)
                .putLong(amount);
    }

    public static void withdraw(
            ByteBuffer out, long request, int account, int currency, long amount) {
        transfer(out, request, ExchangeTag.WITHDRAW)
                .putInt(account)
                .putInt(currency)
                .putLong(amount);
    }

    public static void queryPosition(ByteBuffer out, long request, int account) {
        RequestFrame.begin(out, request, ExchangeTag.QUERY_POSITION, QueryPosition.END)
                .putInt(account);
    }

    public static void queryStats(ByteBuffer out, long request) {
        RequestFrame.begin(out, request, ExchangeTag.QUERY_STATS, 0);
    }

    private static ByteBuffer transfer(ByteBuffer out, long request, byte tag) {
        return RequestFrame.begin(out, request, tag, Transfer.END);
    }
}
