package io.melin.sample.exchange.gateway;

/**
 * Tags of the exchange's requests and answers. Those of events and reports are the codes of {@code
 * EventKind} and {@code ReportKind}. Never renumber or reuse.
 *
 * <p>Kept as constants, since both sides switch on the raw byte.
 */
public final class ExchangeTag {
    public static final byte SUBMIT = 0x10;
    public static final byte CANCEL = 0x11;
    public static final byte HEARTBEAT = 0x12;
    public static final byte CANCEL_REPLACE = 0x14;
    public static final byte ADD_INSTRUMENT = 0x15;
    public static final byte DEPOSIT = 0x16;
    public static final byte WITHDRAW = 0x17;
    public static final byte QUERY_STATS = 0x20;
    public static final byte QUERY_POSITION = 0x21;

    public static final byte PLACED = 0x30;
    public static final byte FILL = 0x31;
    public static final byte CANCELLED = 0x32;
    public static final byte REJECTED = 0x34;
    public static final byte REPLACED = 0x35;
    public static final byte STATS = 0x37;
    public static final byte POSITION = 0x3C;

    private ExchangeTag() {}
}
