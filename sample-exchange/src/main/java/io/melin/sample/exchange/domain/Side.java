package io.melin.sample.exchange.domain;

import org.jspecify.annotations.Nullable;

/** Which way an order trades. */
public enum Side {
    BUY,
    SELL;

    public byte code() {
        return (byte) ordinal();
    }

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }

    /** The side of a code, or null. */
    public static @Nullable Side of(int code) {
        return code == 0 ? BUY : code == 1 ? SELL : null;
    }
}
