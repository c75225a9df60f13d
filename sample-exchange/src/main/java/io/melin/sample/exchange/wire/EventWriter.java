package io.melin.sample.exchange.wire;

import java.nio.ByteBuffer;

/**
 * Writes an event straight into a buffer, for a door that must not allocate; every field that the
 * kind has must be set. What is written is not checked here. One thread.
 */
public final class EventWriter {
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int start;

    /**
     * Begins an event at the position of a buffer, whose limit becomes the event's end; everything
     * but kind and name is zero.
     */
    public EventWriter start(ByteBuffer out, EventKind kind, long nameHigh, long nameLow) {
        bytes = out;
        start = out.position();
        out.limit(start + kind.length());
        for (int offset = 0; offset < kind.length(); offset += Long.BYTES) {
            put(offset, 0);
        }
        out.put(start, kind.code());
        return put(EventLayout.NAME_HIGH, nameHigh).put(EventLayout.NAME_LOW, nameLow);
    }

    public EventWriter account(long account) {
        return put(EventLayout.ACCOUNT, account);
    }

    public EventWriter orderId(long orderId) {
        return put(EventLayout.ORDER_ID, orderId);
    }

    public EventWriter side(byte code) {
        bytes.put(start + EventLayout.SIDE, code);
        return this;
    }

    public EventWriter type(byte code) {
        bytes.put(start + EventLayout.TYPE, code);
        return this;
    }

    public EventWriter timeInForce(byte code) {
        bytes.put(start + EventLayout.TIME_IN_FORCE, code);
        return this;
    }

    public EventWriter selfTradePrevention(byte code) {
        bytes.put(start + EventLayout.SELF_TRADE_PREVENTION, code);
        return this;
    }

    public EventWriter quantity(long quantity) {
        return put(EventLayout.QUANTITY, quantity);
    }

    public EventWriter price(long price) {
        return put(EventLayout.PRICE, price);
    }

    public EventWriter amount(long amount) {
        return put(EventLayout.AMOUNT, amount);
    }

    public EventWriter base(long high, long low) {
        return put(EventLayout.BASE_HIGH, high).put(EventLayout.BASE_LOW, low);
    }

    public EventWriter quote(long high, long low) {
        return put(EventLayout.QUOTE_HIGH, high).put(EventLayout.QUOTE_LOW, low);
    }

    /** The event, from position to limit. */
    public ByteBuffer event() {
        return bytes;
    }

    private EventWriter put(int offset, long value) {
        LittleEndian.putLong(bytes, start + offset, value);
        return this;
    }
}
