package io.melin.sample.exchange.wire;

import org.jspecify.annotations.Nullable;

/** What an event asks for. */
public enum EventKind {
    SUBMIT(0x10, EventLayout.ORDER_LENGTH),
    CANCEL(0x11, EventLayout.CANCEL_LENGTH),
    CANCEL_REPLACE(0x14, EventLayout.ORDER_LENGTH),
    ADD_INSTRUMENT(0x15, EventLayout.INSTRUMENT_LENGTH),
    DEPOSIT(0x16, EventLayout.TRANSFER_LENGTH),
    WITHDRAW(0x17, EventLayout.TRANSFER_LENGTH);

    private final byte code;
    private final int length;

    EventKind(int code, int length) {
        this.code = (byte) code;
        this.length = length;
    }

    public byte code() {
        return code;
    }

    /** Bytes of every event of this kind. */
    int length() {
        return length;
    }

    /** The kind of a code, or null. */
    public static @Nullable EventKind of(int code) {
        return switch (code) {
            case 0x10 -> SUBMIT;
            case 0x11 -> CANCEL;
            case 0x14 -> CANCEL_REPLACE;
            case 0x15 -> ADD_INSTRUMENT;
            case 0x16 -> DEPOSIT;
            case 0x17 -> WITHDRAW;
            default -> null;
        };
    }
}
