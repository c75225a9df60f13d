package io.melin.sample.exchange.domain;

import org.jspecify.annotations.Nullable;

/** How long an order lives; codes 3 and 4 are kept for day and dated orders. */
public enum TimeInForce {
    /** Rests until it is filled or cancelled. */
    GTC,
    /** Trades what it can at once; the rest is cancelled. */
    IOC,
    /** Trades in full at once or is rejected. */
    FOK;

    public byte code() {
        return (byte) ordinal();
    }

    /** The value of a code, or null. */
    public static @Nullable TimeInForce of(int code) {
        return switch (code) {
            case 0 -> GTC;
            case 1 -> IOC;
            case 2 -> FOK;
            default -> null;
        };
    }
}
