package io.melin.sample.exchange.gateway;

import io.melin.gateway.Protocol.Decoded;
import io.melin.gateway.RequestSink;
import io.melin.sample.exchange.domain.NumericName;
import io.melin.sample.exchange.domain.OrderType;
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
 * <p>R1: what only this door knows is checked here: the lengths, and the id that is none. Ranges
 * and terms are the event codec's, which a gateway asks about each event.
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
        if (in.limit() != tail + SubmitTail.END || !isId(symbol) || !isAccount(account)) {
            return Decoded.MALFORMED;
        }
        writer.start(
                        to.scratch(),
                        EventKind.SUBMIT,
                        NumericName.high(symbol),
                        NumericName.low(symbol))
                .account(Integer.toUnsignedLong(account))
                .orderId(in.getLong(head + SubmitHead.ORDER_ID))
                .side(in.get(head + SubmitHead.SIDE))
                .type(type.code())
                .timeInForce(in.get(tail + SubmitTail.TIME_IN_FORCE))
                .selfTradePrevention(in.get(tail + SubmitTail.SELF_TRADE_PREVENTION))
                .quantity(in.getLong(tail + SubmitTail.QUANTITY))
                .price(isPriced ? in.getLong(head + SubmitHead.END) : 0);
        return to.event(writer.event());
    }

    private Decoded cancel(ByteBuffer in, RequestSink to) {
        int start = in.position();
        if (in.remaining() != Cancel.END) {
            return Decoded.MALFORMED;
        }
        int symbol = in.getInt(start + Cancel.SYMBOL);
        int account = in.getInt(start + Cancel.ACCOUNT);
        if (!isId(symbol) || !isAccount(account)) {
            return Decoded.MALFORMED;
        }
        writer.start(
                        to.scratch(),
                        EventKind.CANCEL,
                        NumericName.high(symbol),
                        NumericName.low(symbol))
                .account(Integer.toUnsignedLong(account))
                .orderId(in.getLong(start + Cancel.ORDER_ID));
        return to.event(writer.event());
    }

    private Decoded replace(ByteBuffer in, RequestSink to) {
        int start = in.position();
        if (in.remaining() != CancelReplace.END) {
            return Decoded.MALFORMED;
        }
        int symbol = in.getInt(start + CancelReplace.SYMBOL);
        int account = in.getInt(start + CancelReplace.ACCOUNT);
        if (!isId(symbol) || !isAccount(account)) {
            return Decoded.MALFORMED;
        }
        writer.start(
                        to.scratch(),
                        EventKind.CANCEL_REPLACE,
                        NumericName.high(symbol),
                        NumericName.low(symbol))
                .account(Integer.toUnsignedLong(account))
                .orderId(in.getLong(start + CancelReplace.ORDER_ID))
                .quantity(in.getLong(start + CancelReplace.QUANTITY))
                .price(in.getLong(start + CancelReplace.PRICE));
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
        if (!isId(symbol) || !isId(base) || !isId(quote)) {
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
        if (!isAccount(account) || !isId(currency)) {
            return Decoded.MALFORMED;
        }
        writer.start(to.scratch(), kind, NumericName.high(currency), NumericName.low(currency))
                .account(Integer.toUnsignedLong(account))
                .amount(in.getLong(start + Transfer.AMOUNT));
        return to.event(writer.event());
    }

    private static boolean isId(int id) {
        return id != NumericName.NONE;
    }

    static boolean isAccount(int account) {
        return account != 0 && account != NumericName.NONE;
    }
}
