package io.melin.sample.exchange.domain;

import org.jspecify.annotations.Nullable;

/** What happens when an order meets one of its own account; the incoming order's value counts. */
public enum SelfTradePrevention {
    /** They trade. */
    ALLOW(false, false),
    /** The incoming order's rest is cancelled. The default. */
    CANCEL_NEWEST(false, true),
    /** The resting order is cancelled and the walk goes on. */
    CANCEL_OLDEST(true, false),
    /** Both are cancelled, the resting one first. */
    CANCEL_BOTH(true, true);

    private final boolean cancelsMaker;
    private final boolean cancelsTaker;

    SelfTradePrevention(boolean cancelsMaker, boolean cancelsTaker) {
        this.cancelsMaker = cancelsMaker;
        this.cancelsTaker = cancelsTaker;
    }

    public byte code() {
        return (byte) ordinal();
    }

    public boolean cancelsMaker() {
        return cancelsMaker;
    }

    public boolean cancelsTaker() {
        return cancelsTaker;
    }

    /** The value of a code, or null. */
    public static @Nullable SelfTradePrevention of(int code) {
        return switch (code) {
            case 0 -> ALLOW;
            case 1 -> CANCEL_NEWEST;
            case 2 -> CANCEL_OLDEST;
            case 3 -> CANCEL_BOTH;
            default -> null;
        };
    }
}
