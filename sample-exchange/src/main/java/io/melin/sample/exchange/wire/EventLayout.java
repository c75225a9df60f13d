package io.melin.sample.exchange.wire;

/**
 * The bytes of an event, little-endian, longs aligned; reserved bytes are zero. The kinds have the
 * numbers of the client protocol's requests.
 *
 * <pre>
 * offset size field                 in
 *      0    1 kind                  all
 *      1    1 side                  submit, else 0
 *      2    1 type                  submit, else 0
 *      3    1 timeInForce           submit, else 0
 *      4    1 selfTradePrevention   submit, else 0
 *      5    3 reserved              all
 *      8    8 nameHigh              all: symbol, or currency of a transfer
 *     16    8 nameLow               all
 *     24    8 account               all but add instrument
 *     32    8 orderId               submit, cancel, replace
 *     40    8 quantity              submit, replace
 *     48    8 price                 submit (0: market), replace
 *     32    8 amount                deposit, withdraw
 *     24    8 baseHigh              add instrument
 *     32    8 baseLow               add instrument
 *     40    8 quoteHigh             add instrument
 *     48    8 quoteLow              add instrument
 * </pre>
 */
final class EventLayout {
    static final int KIND = 0;
    static final int SIDE = KIND + Byte.BYTES;
    static final int TYPE = SIDE + Byte.BYTES;
    static final int TIME_IN_FORCE = TYPE + Byte.BYTES;
    static final int SELF_TRADE_PREVENTION = TIME_IN_FORCE + Byte.BYTES;
    static final int RESERVED = SELF_TRADE_PREVENTION + Byte.BYTES;
    static final int NAME_HIGH = RESERVED + 3 * Byte.BYTES;
    static final int NAME_LOW = NAME_HIGH + Long.BYTES;
    static final int ACCOUNT = NAME_LOW + Long.BYTES;
    static final int ORDER_ID = ACCOUNT + Long.BYTES;
    static final int QUANTITY = ORDER_ID + Long.BYTES;
    static final int PRICE = QUANTITY + Long.BYTES;
    static final int ORDER_LENGTH = PRICE + Long.BYTES;
    static final int CANCEL_LENGTH = QUANTITY;

    static final int AMOUNT = ORDER_ID;
    static final int TRANSFER_LENGTH = AMOUNT + Long.BYTES;

    static final int BASE_HIGH = ACCOUNT;
    static final int BASE_LOW = BASE_HIGH + Long.BYTES;
    static final int QUOTE_HIGH = BASE_LOW + Long.BYTES;
    static final int QUOTE_LOW = QUOTE_HIGH + Long.BYTES;
    static final int INSTRUMENT_LENGTH = QUOTE_LOW + Long.BYTES;

    static final int LENGTH_MAX = ORDER_LENGTH;

    private EventLayout() {}
}
