package io.melin.event;

/**
 * How the 16 id bytes of an event are read. Two bits of scheme and one of name space share a byte
 * on disk with the pad count, so values stay below 8. Never renumber or reuse.
 *
 * <p>In-process and gateway clients have separate name spaces: the same numbers from the two doors
 * are different ids.
 */
public final class IdScheme {
    /** No id. */
    public static final byte NONE = 0;

    /** High word: client; low word: request number. */
    public static final byte CLIENT_REQUEST = 1;

    /** The first 128 bits of the SHA-256 of a key. */
    public static final byte KEY = 2;

    /** Bit that marks an id of a gateway client. */
    public static final byte GATEWAY = 4;

    private IdScheme() {}

    public static boolean isKnown(byte scheme) {
        return (scheme & ~(3 | GATEWAY)) == 0 && (scheme & 3) <= KEY && scheme != GATEWAY;
    }

    /** The scheme without its name space. */
    public static byte scheme(byte scheme) {
        return (byte) (scheme & 3);
    }
}
