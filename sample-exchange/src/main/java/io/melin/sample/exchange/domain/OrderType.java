package io.melin.sample.exchange.domain;

import org.jspecify.annotations.Nullable;

/** What an order is willing to pay; codes 2 and 3 are kept for stops. */
public enum OrderType {
    MARKET(0),
    LIMIT(1),
    /** A limit order that is rejected if it would trade on entry. */
    POST_ONLY(4);

    private final byte code;

    OrderType(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /** The type of a code, or null. */
    public static @Nullable OrderType of(int code) {
        return switch (code) {
            case 0 -> MARKET;
            case 1 -> LIMIT;
            case 4 -> POST_ONLY;
            default -> null;
        };
    }
}
