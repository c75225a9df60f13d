package io.melin.sample.exchange.domain;

import java.nio.charset.StandardCharsets;

/**
 * A symbol or a currency: 1 to 16 characters out of {@code A-Z a-z 0-9 - _ . :}, packed into two
 * longs, first character in the highest byte, zero behind the last.
 *
 * <p>A numeric id of another door is the name made of its decimal digits, so both see one book.
 *
 * @param high characters 1 to 8
 * @param low characters 9 to 16
 */
public record Name(long high, long low) {

    public static final int LENGTH_MAX = 16;

    public Name {
        if (!isValid(high, low)) {
            throw new IllegalArgumentException(
                    "not a packed name: high=" + Long.toHexString(high) + ", low=" + low);
        }
    }

    /** Whether {@link #of} would take the text. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the two longs are a packed name. Total, allocates nothing. */
    public static boolean isValid(long high, long low) {
        int length = length(high, low);
        for (int i = 0; i < length; i++) {
            if (!isAllowed(characterAt(high, low, i))) {
                return false;
            }
        }
        return length > 0;
    }

    /** Up to the last byte that is not zero: one is no character, so behind the last all are. */
    private static int length(long high, long low) {
        return low == 0
                ? Long.BYTES - Long.numberOfTrailingZeros(high) / Byte.SIZE
                : LENGTH_MAX - Long.numberOfTrailingZeros(low) / Byte.SIZE;
    }

    /**
     * @throws IllegalArgumentException unless {@link #isValid(String)}
     */
    public static Name of(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a name: text=" + text);
        }
        return new Name(pack(text, 0), pack(text, Long.BYTES));
    }

    /** The text of two packed longs. */
    public static String text(long high, long low) {
        byte[] characters = new byte[LENGTH_MAX];
        int length = 0;
        while (length < LENGTH_MAX && characterAt(high, low, length) != 0) {
            characters[length] = (byte) characterAt(high, low, length);
            length++;
        }
        return new String(characters, 0, length, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return text(high, low);
    }

    private static long pack(String text, int from) {
        long packed = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            packed = packed << 8 | (i < text.length() ? text.charAt(i) : 0);
        }
        return packed;
    }

    private static int characterAt(long high, long low, int index) {
        long word = index < Long.BYTES ? high : low;
        return (int) (word >>> (56 - 8 * (index & 7))) & 0xFF;
    }

    private static boolean isAllowed(int character) {
        return character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z'
                || character >= '0' && character <= ':'
                || character == '-'
                || character == '.'
                || character == '_';
    }
}
