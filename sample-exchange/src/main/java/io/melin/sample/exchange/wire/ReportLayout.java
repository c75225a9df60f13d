package io.melin.sample.exchange.wire;

/**
 * The bytes of a report, little-endian, longs aligned; reserved bytes are zero. The kinds have the
 * numbers of the client protocol's responses.
 *
 * <pre>
 * offset size field           in
 *      0    1 kind            all
 *      1    1 side            placed, replaced; fill: the taker's
 *      2    1 reason          rejected
 *      3    1 request         rejected: the event's kind
 *      4    4 reserved        all
 *      8    8 nameHigh        all: symbol; rejected transfer: currency
 *     16    8 nameLow         all
 *     24    8 account         all; fill: the taker's; rejected instrument: 0
 *     32    8 orderId         all; fill: the taker's; rejected transfer or instrument: 0
 *     40    8 quantity        placed, fill, cancelled (remaining), replaced (new)
 *     48    8 price           placed, fill, replaced (new)
 *     56    8 oldQuantity     replaced
 *     64    8 oldPrice        replaced
 *     56    8 makerAccount    fill
 *     64    8 makerOrderId    fill
 *     72    8 makerFee        fill
 *     80    8 takerFee        fill
 * </pre>
 */
final class ReportLayout {
    static final int KIND = 0;
    static final int SIDE = KIND + Byte.BYTES;
    static final int REASON = SIDE + Byte.BYTES;
    static final int REQUEST = REASON + Byte.BYTES;
    static final int RESERVED = REQUEST + Byte.BYTES;
    static final int NAME_HIGH = RESERVED + Integer.BYTES;
    static final int NAME_LOW = NAME_HIGH + Long.BYTES;
    static final int ACCOUNT = NAME_LOW + Long.BYTES;
    static final int ORDER_ID = ACCOUNT + Long.BYTES;
    static final int REJECTED_LENGTH = ORDER_ID + Long.BYTES;
    static final int QUANTITY = REJECTED_LENGTH;
    static final int CANCELLED_LENGTH = QUANTITY + Long.BYTES;
    static final int PRICE = CANCELLED_LENGTH;
    static final int PLACED_LENGTH = PRICE + Long.BYTES;

    static final int OLD_QUANTITY = PLACED_LENGTH;
    static final int OLD_PRICE = OLD_QUANTITY + Long.BYTES;
    static final int REPLACED_LENGTH = OLD_PRICE + Long.BYTES;

    static final int MAKER_ACCOUNT = PLACED_LENGTH;
    static final int MAKER_ORDER_ID = MAKER_ACCOUNT + Long.BYTES;
    static final int MAKER_FEE = MAKER_ORDER_ID + Long.BYTES;
    static final int TAKER_FEE = MAKER_FEE + Long.BYTES;
    static final int FILL_LENGTH = TAKER_FEE + Long.BYTES;

    static final int LENGTH_MAX = FILL_LENGTH;

    private ReportLayout() {}
}
