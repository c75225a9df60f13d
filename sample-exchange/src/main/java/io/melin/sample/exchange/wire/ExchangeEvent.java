package io.melin.sample.exchange.wire;

import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A request to the exchange: a view of its bytes, see {@link EventLayout}.
 *
 * <p>At the edge {@code ExchangeEvent.deposit(...)} and its siblings make one that owns its bytes.
 * On the application's thread a codec moves one instance from event to event, so it is valid only
 * while it is applied. Accessors of fields that the kind does not have give nothing useful.
 */
public final class ExchangeEvent {
    private ByteBuffer bytes;
    private int start;

    /** A view of nothing yet. */
    ExchangeEvent(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** An order's fields beside its identity. */
    public record Terms(
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            SelfTradePrevention selfTradePrevention,
            long quantity,
            long price) {}

    /** What names an order: unique among the live orders of its account. */
    public record OrderKey(Name symbol, long account, long orderId) {}

    public static ExchangeEvent addInstrument(Name symbol, Name base, Name quote) {
        return owned(EventKind.ADD_INSTRUMENT, symbol)
                .put(EventLayout.BASE_HIGH, base.high())
                .put(EventLayout.BASE_LOW, base.low())
                .put(EventLayout.QUOTE_HIGH, quote.high())
                .put(EventLayout.QUOTE_LOW, quote.low());
    }

    public static ExchangeEvent deposit(long account, Name currency, long amount) {
        return owned(EventKind.DEPOSIT, currency)
                .put(EventLayout.ACCOUNT, account)
                .put(EventLayout.AMOUNT, amount);
    }

    public static ExchangeEvent withdraw(long account, Name currency, long amount) {
        return owned(EventKind.WITHDRAW, currency)
                .put(EventLayout.ACCOUNT, account)
                .put(EventLayout.AMOUNT, amount);
    }

    /**
     * @param terms its price is 0 for a market order
     */
    public static ExchangeEvent submit(OrderKey key, Terms terms) {
        ExchangeEvent event = ofOrder(EventKind.SUBMIT, key);
        event.bytes.put(EventLayout.SIDE, terms.side().code());
        event.bytes.put(EventLayout.TYPE, terms.type().code());
        event.bytes.put(EventLayout.TIME_IN_FORCE, terms.timeInForce().code());
        event.bytes.put(EventLayout.SELF_TRADE_PREVENTION, terms.selfTradePrevention().code());
        return event.put(EventLayout.QUANTITY, terms.quantity())
                .put(EventLayout.PRICE, terms.price());
    }

    public static ExchangeEvent cancel(OrderKey key) {
        return ofOrder(EventKind.CANCEL, key);
    }

    /**
     * @param quantity what shall be open
     */
    public static ExchangeEvent cancelReplace(OrderKey key, long price, long quantity) {
        return ofOrder(EventKind.CANCEL_REPLACE, key)
                .put(EventLayout.QUANTITY, quantity)
                .put(EventLayout.PRICE, price);
    }

    public EventKind kind() {
        return Objects.requireNonNull(EventKind.of(bytes.get(start)));
    }

    /** Symbol, or currency of a transfer. */
    public long nameHigh() {
        return get(EventLayout.NAME_HIGH);
    }

    public long nameLow() {
        return get(EventLayout.NAME_LOW);
    }

    public long baseHigh() {
        return get(EventLayout.BASE_HIGH);
    }

    public long baseLow() {
        return get(EventLayout.BASE_LOW);
    }

    public long quoteHigh() {
        return get(EventLayout.QUOTE_HIGH);
    }

    public long quoteLow() {
        return get(EventLayout.QUOTE_LOW);
    }

    public long account() {
        return get(EventLayout.ACCOUNT);
    }

    public long amount() {
        return get(EventLayout.AMOUNT);
    }

    public long orderId() {
        return get(EventLayout.ORDER_ID);
    }

    public long quantity() {
        return get(EventLayout.QUANTITY);
    }

    public long price() {
        return get(EventLayout.PRICE);
    }

    public Side side() {
        return Objects.requireNonNull(Side.of(bytes.get(start + EventLayout.SIDE)));
    }

    public OrderType type() {
        return Objects.requireNonNull(OrderType.of(bytes.get(start + EventLayout.TYPE)));
    }

    public TimeInForce timeInForce() {
        return Objects.requireNonNull(TimeInForce.of(bytes.get(start + EventLayout.TIME_IN_FORCE)));
    }

    public SelfTradePrevention selfTradePrevention() {
        return Objects.requireNonNull(
                SelfTradePrevention.of(bytes.get(start + EventLayout.SELF_TRADE_PREVENTION)));
    }

    int length() {
        return kind().length();
    }

    ExchangeEvent wrap(ByteBuffer bytes, int start) {
        this.bytes = bytes;
        this.start = start;
        return this;
    }

    void copyTo(ByteBuffer out) {
        int length = length();
        out.put(out.position(), bytes, start, length);
        out.position(out.position() + length);
    }

    private static ExchangeEvent ofOrder(EventKind kind, OrderKey key) {
        return owned(kind, key.symbol())
                .put(EventLayout.ACCOUNT, key.account())
                .put(EventLayout.ORDER_ID, key.orderId());
    }

    private static ExchangeEvent owned(EventKind kind, Name name) {
        ByteBuffer own = ByteBuffer.allocate(kind.length()).order(ByteOrder.LITTLE_ENDIAN);
        own.put(EventLayout.KIND, kind.code());
        return new ExchangeEvent(own)
                .put(EventLayout.NAME_HIGH, name.high())
                .put(EventLayout.NAME_LOW, name.low());
    }

    private ExchangeEvent put(int offset, long value) {
        LittleEndian.putLong(bytes, start + offset, value);
        return this;
    }

    private long get(int offset) {
        return LittleEndian.getLong(bytes, start + offset);
    }
}
