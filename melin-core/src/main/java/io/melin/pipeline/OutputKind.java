package io.melin.pipeline;

/**
 * What an output slot carries. Every request ends in exactly one slot with {@link #LAST}.
 *
 * <p>Kept as constants, since the hot path switches on the raw byte.
 */
public final class OutputKind {
    /** One report of an event. */
    public static final byte REPORT = 1;

    /** An event that caused no report. */
    public static final byte EMPTY = 2;

    /** The application declared a rejection; payload: the reason in UTF-8. */
    public static final byte REJECTED = 3;

    /** The id was used before with another payload. */
    public static final byte ID_CONFLICT = 4;

    /** The id was seen before, but its outcome is no longer held. */
    public static final byte UNKNOWN_OUTCOME = 5;

    /** A query was answered; the door holds the answer. */
    public static final byte ANSWER = 6;

    /** Flag: nothing follows for this request. */
    public static final byte LAST = 1;

    /** Flag: this repeats the first outcome of an id. */
    public static final byte DUPLICATE = 2;

    /** Flag: does not wait for the durability policy. */
    public static final byte UNGATED = 4;

    private OutputKind() {}

    public static boolean isLast(byte flags) {
        return (flags & LAST) != 0;
    }

    public static boolean isDuplicate(byte flags) {
        return (flags & DUPLICATE) != 0;
    }

    /** Whether the slot's sequence is that of the request itself, not of an earlier event. */
    static boolean isEvent(byte kind, byte flags) {
        return kind != ANSWER && !isDuplicate(flags);
    }

    static boolean isGated(byte flags) {
        return (flags & UNGATED) == 0;
    }
}
