package io.melin.sample.exchange.domain;

import org.jspecify.annotations.Nullable;

/** Why a request changed nothing. Codes are part of the report format and never move. */
public enum RejectReason {
    NO_LIQUIDITY(0),
    FOK_CANNOT_FILL(1),
    INSUFFICIENT_BALANCE(2),
    UNKNOWN_ACCOUNT(3),
    UNKNOWN_SYMBOL(4),
    DUPLICATE_ORDER_ID(6),
    UNKNOWN_ORDER(11),
    PRICE_WOULD_CROSS(12),
    POST_ONLY_WOULD_CROSS(13),
    HAS_RESTING_ORDERS(14),
    EXCEEDS_MAX_OPEN_ORDERS(19),
    /** A balance or a level would leave 0 to 2^53 - 1. */
    AMOUNT_OUT_OF_RANGE(22),
    /** The instrument exists already. */
    DUPLICATE_SYMBOL(23);

    private static final @Nullable RejectReason[] BY_CODE = byCode();

    private final byte code;

    RejectReason(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /** The reason of a code, or null. */
    public static @Nullable RejectReason of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    private static @Nullable RejectReason[] byCode() {
        @Nullable RejectReason[] reasons = new @Nullable RejectReason[24];
        for (RejectReason reason : values()) {
            reasons[reason.code] = reason;
        }
        return reasons;
    }
}
