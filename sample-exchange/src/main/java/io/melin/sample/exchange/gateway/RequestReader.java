package io.melin.sample.exchange.gateway;

import io.melin.gateway.Protocol.Decoded;
import io.melin.gateway.RequestSink;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.NumericName;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.gateway.RequestLayout.AddInstrument;
import io.melin.sample.exchange.gateway.RequestLayout.Cancel;
import io.melin.sample.exchange.gateway.RequestLayout.CancelReplace;
import io.melin.sample.exchange.gateway.RequestLayout.SubmitHead;
import io.melin.sample.exchange.gateway.RequestLayout.SubmitTail;
import io.melin.sample.exchange.gateway.RequestLayout.Transfer;
import io.melin.sample.exchange.wire.EventKind;
import io.melin.sample.exchange.wire.EventWriter;
import java.nio.ByteBuffer;

/**
 * Turns the payload of a request into the bytes of its event. Total, allocates nothing. One thread.
 *
 * <p>R1: what it gives on as an event is valid for the event codec, so the ranges are checked here
 * just as there.
 */
final class RequestReader {
    private final EventWriter writer = new EventWriter();

    Decoded read(EventKind kind, ByteBuffer in, RequestSink to) {
        return switch (kind) {
            case SUBMIT -> submit(in, to);
            case CANCEL -> cancel(in, to);
            case CANCEL_REPLACE -> replace(in, to);
            case ADD_INSTRUMENT -> addInstrument(in, to);
            case DEPOSIT, WITHDRAW -> transfer(kind, in, to);
        };
    }

    private Decoded submit(ByteBuffer in, RequestSink to) {
        int head = in.position();
        if (in.remaining() < SubmitHead.END + SubmitTail.END) {
            return Decoded.MALFORMED;
        }
        OrderType type = OrderType.of(in.get(head + SubmitHead.TYPE));
        if (type == null) {
            return Decoded.MALFORMED;
        }
        boolean isPriced = type != OrderType.MARKET;
        int tail = head + SubmitHead.END + (isPriced ? Long.BYTES : 0);
        int symbol = in.getInt(head + SubmitHead.SYMBOL);
        int account = in.getInt(head + SubmitHead.ACCOUNT);
        long orderId = in.getLong(head + SubmitHead.ORDER_ID);
        if (in.limit() != tail + SubmitTail.END
                || !isOrderKey(symbol, account, orderId)
                || !areTerms(in, type, head, tail)) {
            return Decoded.MALFORMED;
        }
        writer.start(
                        to.scratch(),
                        EventKind.SUBMIT,
                        NumericName.high(symbol),
                        NumericName.low(symbol))
                .account(Integer.toUnsignedLong(account))
                .orderId(orderId)
                .side(in.get(head + SubmitHead.SIDE))
                .type(type.code())
                .timeInForce(in.get(tail + SubmitTail.TIME_IN_FORCE))
                .selfTradePrevention(in.get(tail + SubmitTail.SELF_TRADE_PREVENTION))
                .quantity(in.getLong(tail + SubmitTail.QUANTITY))
                .price(isPriced ? in.getLong(head + SubmitHead.END) : 0);
        return to.event(writer.event());
    }

    /** Everything about an order but its identity and its length. */
    private static boolean areTerms(ByteBuffer in, OrderType type, int head, int tail) {
        TimeInForce life = TimeInForce.of(in.get(tail + SubmitTail.TIME_IN_FORCE));
        byte prevention = in.get(tail + SubmitTail.SELF_TRADE_PREVENTION);
        if (life == null
                || Side.of(in.get(head + SubmitHead.SIDE)) == null
                || SelfTradePrevention.of(prevention) == null
                || !Amounts.isPositive(in.getLong(tail + SubmitTail.QUANTITY))) {
            return false;
        }
        int price = head + SubmitHead.END;
        return switch (type) {
            case MARKET -> life != TimeInForce.GTC;
            case LIMIT -> Amounts.isPositive(in.getLong(price));
            case POST_ONLY -> life == TimeInForce.GTC && Amounts.isPositive(in.getLong(price));
        };
    }

    private Decoded cancel(ByteBuffer in, RequestSink to) {
        int start = in.position();
        if (in.remaining() != Cancel.END) {
            return Decoded.MALFORMED;
        }
        int symbol = in.getInt(start + Cancel.SYMBOL);
        int account = in.getInt(start + Cancel.ACCOUNT);
        long orderId = in.getLong(start + Cancel.ORDER_ID);
        if (!isOrderKey(symbol, account, orderId)) {
            return Decoded.MALFORMED;
        }
        writer.start(
                        to.scratch(),
                        EventKind.CANCEL,
                        NumericName.high(symbol),
                        NumericName.low(symbol))
                .account(Integer.toUnsignedLong(account))
                .orderId(orderId);
        return to.event(writer.event());
    }

    private Decoded replace(ByteBuffer in, RequestSink to) {
        int start = in.position();
        if (in.remaining() != CancelReplace.END) {
            return Decoded.MALFORMED;
        }
        int symbol = in.getInt(start + CancelReplace.SYMBOL);
        int account = in.getInt(start + CancelReplace.ACCOUNT);
        long orderId = in.getLong(start + CancelReplace.ORDER_ID);
        long price = in.getLong(start + CancelReplace.PRICE);
        long quantity = in.getLong(start + CancelReplace.QUANTITY);
        if (!isOrderKey(symbol, account, orderId)
                || !Amounts.isPositive(price)
                || !Amounts.isPositive(quantity)) {
            return Decoded.MALFORMED;
        }
        writer.start(
                        to.scratch(),
                        EventKind.CANCEL_REPLACE,
                        NumericName.high(symbol),
                        NumericName.low(symbol))
                .account(Integer.toUnsignedLong(account))
                .orderId(orderId)
                .quantity(quantity)
                .price(price);
        return to.event(writer.event());
    }

    private Decoded addInstrument(ByteBuffer in, RequestSink to) {
        int start = in.position();
        if (in.remaining() != AddInstrument.END) {
            return Decoded.MALFORMED;
        }
        int symbol = in.getInt(start + AddInstrument.SYMBOL);
        int base = in.getInt(start + AddInstrument.BASE);
        int quote = in.getInt(start + AddInstrument.QUOTE);
        if (!isId(symbol) || !isId(base) || !isId(quote) || base == quote) {
            return Decoded.MALFORMED;
        }
        writer.start(
                        to.scratch(),
                        EventKind.ADD_INSTRUMENT,
                        NumericName.high(symbol),
                        NumericName.low(symbol))
                .base(NumericName.high(base), NumericName.low(base))
                .quote(NumericName.high(quote), NumericName.low(quote));
        return to.event(writer.event());
    }

    private Decoded transfer(EventKind kind, ByteBuffer in, RequestSink to) {
        int start = in.position();
        if (in.remaining() != Transfer.END) {
            return Decoded.MALFORMED;
        }
        int account = in.getInt(start + Transfer.ACCOUNT);
        int currency = in.getInt(start + Transfer.CURRENCY);
        long amount = in.getLong(start + Transfer.AMOUNT);
        if (!isAccount(account) || !isId(currency) || !Amounts.isPositive(amount)) {
            return Decoded.MALFORMED;
        }
        writer.start(to.scratch(), kind, NumericName.high(currency), NumericName.low(currency))
                .account(Integer.toUnsignedLong(account))
                .amount(amount);
        return to.event(writer.event());
    }

    private static boolean isOrderKey(int symbol, int account, long orderId) {
        return isId(symbol) && isAccount(account) && orderId >= 0;
    }

    private static boolean isId(int id) {
        return id != NumericName.NONE;
    }

    static boolean isAccount(int account) {
        return account != 0 && account != NumericName.NONE;
    }
}
