package io.melin.sample.exchange.domain;

/**
 * Ids of 32 bits and the names that stand for them: the decimal digits, without leading zeros.
 *
 * <p>Allocates nothing. {@link #NONE} is no id: it says that a name is not one of these.
 */
public final class NumericName {

    /** What a name that is no id is called, {@code 0xFFFFFFFF}. */
    public static final int NONE = -1;

    private static final long ID_MAX = 0xFFFF_FFFEL;
    private static final int DIGITS_MAX = 10;

    private NumericName() {}

    /** Characters 1 to 8 of the id's name. */
    public static long high(int id) {
        return pack(Integer.toUnsignedLong(id), 0);
    }

    /** Characters 9 to 16 of the id's name. */
    public static long low(int id) {
        return pack(Integer.toUnsignedLong(id), Long.BYTES);
    }

    /** The name of an id. */
    public static Name of(int id) {
        return new Name(high(id), low(id));
    }

    /** The id that a packed name stands for, or {@link #NONE}. */
    public static int id(long high, long low) {
        long value = 0;
        for (int i = 0; i <= DIGITS_MAX; i++) {
            int character = characterAt(high, low, i);
            boolean isSecondOfZero = i == 1 && value == 0;
            if (character == 0 && i > 0) {
                return value <= ID_MAX ? (int) value : NONE;
            }
            if (character < '0' || character > '9' || isSecondOfZero) {
                return NONE;
            }
            value = value * 10 + character - '0';
        }
        return NONE;
    }

    private static long pack(long value, int from) {
        long rest = value;
        long packed = 0;
        for (int i = digits(value) - 1; i >= from; i--) {
            if (i < from + Long.BYTES) {
                packed |= '0' + rest % 10 << 56 - 8 * (i - from);
            }
            rest /= 10;
        }
        return packed;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private static int characterAt(long high, long low, int index) {
        long word = index < Long.BYTES ? high : low;
        return (int) (word >>> (56 - 8 * (index & 7))) & 0xFF;
    }
}
