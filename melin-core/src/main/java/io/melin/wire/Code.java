package io.melin.wire;

import io.melin.app.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Why a request or a connection was not served, as one byte. Those below 32 end a request, the
 * others a connection. Never renumber or reuse.
 */
public enum Code {
    OVERLOADED(1, Refusal.OVERLOADED),
    NOT_PRIMARY(2, Refusal.NOT_PRIMARY),
    POLICY_UNMET(3, Refusal.POLICY_UNMET),
    FENCED(4, Refusal.FENCED),
    DRAINING(5, Refusal.DRAINING),
    NO_SPACE(6, Refusal.NO_SPACE),
    TOO_LARGE(7, Refusal.TOO_LARGE),
    MALFORMED(8, Refusal.MALFORMED),
    ID_CONFLICT(9, Refusal.ID_CONFLICT),

    /** The application declared a rejection; the text is its reason. */
    REJECTED(16, null),
    /** The number was used before and its outcome is no longer held. */
    UNKNOWN_OUTCOME(17, null),
    /** The role does not allow this request. */
    FORBIDDEN(18, null),
    /** No such request. */
    UNKNOWN_TAG(19, null),
    /** The query threw; the text says what. */
    QUERY_FAILED(20, null),

    /** A frame that the session's state does not allow, or no frame at all. */
    PROTOCOL(32, null),
    /** No byte for too long. */
    IDLE(33, null),
    /** The same client connected again. */
    SUPERSEDED(34, null),
    /** Every connection is taken. */
    CONNECTIONS(35, null);

    private static final int CONNECTION_FIRST = 32;
    private static final @Nullable Code[] BY_NUMBER = new @Nullable Code[CONNECTION_FIRST * 2];

    static {
        for (Code code : values()) {
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;
    private final @Nullable Refusal refusal;

    Code(int number, @Nullable Refusal refusal) {
        this.number = number;
        this.refusal = refusal;
    }

    /** The byte on the wire. */
    public byte number() {
        return (byte) number;
    }

    /** The refusal that it stands for, or null. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** Whether it ends the connection and not just one request. */
    public boolean endsConnection() {
        return number >= CONNECTION_FIRST;
    }

    /** Whether the same request can succeed later on this server: it is sent as BUSY. */
    public boolean isBusy() {
        return this == OVERLOADED || this == POLICY_UNMET || this == DRAINING || this == NO_SPACE;
    }

    /** Whether it is said by a {@link BusyFrame} and never by an {@link ErrorFrame}. */
    public boolean isSentAsBusy() {
        return isBusy() || this == CONNECTIONS;
    }

    /** The code of a byte, or null. */
    public static @Nullable Code of(byte number) {
        return number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
    }

    /** The code of a refusal. */
    public static Code of(Refusal refusal) {
        return switch (refusal) {
            case OVERLOADED -> OVERLOADED;
            case NOT_PRIMARY -> NOT_PRIMARY;
            case POLICY_UNMET -> POLICY_UNMET;
            case FENCED -> FENCED;
            case DRAINING -> DRAINING;
            case NO_SPACE -> NO_SPACE;
            case TOO_LARGE -> TOO_LARGE;
            case MALFORMED -> MALFORMED;
            case ID_CONFLICT -> ID_CONFLICT;
        };
    }
}
