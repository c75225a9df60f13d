package io.melin.sample.exchange.wire;

import org.jspecify.annotations.Nullable;

/** What happened. */
public enum ReportKind {
    PLACED(0x30, ReportLayout.PLACED_LENGTH),
    FILL(0x31, ReportLayout.FILL_LENGTH),
    CANCELLED(0x32, ReportLayout.CANCELLED_LENGTH),
    REJECTED(0x34, ReportLayout.REJECTED_LENGTH),
    REPLACED(0x35, ReportLayout.REPLACED_LENGTH);

    private final byte code;
    private final int length;

    ReportKind(int code, int length) {
        this.code = (byte) code;
        this.length = length;
    }

    public byte code() {
        return code;
    }

    /** Bytes of every report of this kind. */
    int length() {
        return length;
    }

    /** The kind of a code, or null. */
    public static @Nullable ReportKind of(int code) {
        return switch (code) {
            case 0x30 -> PLACED;
            case 0x31 -> FILL;
            case 0x32 -> CANCELLED;
            case 0x34 -> REJECTED;
            case 0x35 -> REPLACED;
            default -> null;
        };
    }
}
