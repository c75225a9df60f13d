package io.melin.event;

/**
 * The kinds of a journaled event, as one byte on disk and on the wire. Never renumber or reuse.
 * Kept as constants, since a hot path switches on the raw byte.
 */
public final class EventKind {
    /** An event of the application. */
    public static final byte APP = 1;

    /** Time moves; no payload. */
    public static final byte TICK = 2;

    /** A new tenure of a primary; payload u64 epoch. */
    public static final byte EPOCH = 3;

    /** The durability policy changes. */
    public static final byte POLICY_CHANGE = 4;

    /** An operator skips one poisonous event. */
    public static final byte SKIP = 5;

    /** Configuration that is part of the state. */
    public static final byte CONFIG = 6;

    private EventKind() {}

    public static boolean isKnown(byte kind) {
        return kind >= APP && kind <= CONFIG;
    }
}
