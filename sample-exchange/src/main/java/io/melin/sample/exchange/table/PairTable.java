package io.melin.sample.exchange.table;

import java.util.Arrays;

/**
 * A hash table from two longs to an int, open addressing with linear probing. For some hundreds of
 * keys; of more, those that have their keys themselves are found by {@link HashIndex}.
 *
 * <p>P1: a key is found by walking from its home slot to the first empty one; none leaves but all
 * at once. P2: at most half of the slots are used.
 *
 * <p>What a look at a slot reads lies together, half a line of the cache long.
 *
 * <p>Range: values are 0 or more. Threading: one thread.
 */
public final class PairTable {

    /** Answer for a key that is not there. */
    public static final int ABSENT = -1;

    private static final int STRIDE = 4;
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** Value + 1; 0 in an empty slot. */
    private static final int VALUE = 2;

    private long[] table;
    private int mask;
    private int count;

    /**
     * @param capacity entries that fit before the first growth
     */
    public PairTable(int capacity) {
        int slots = Integer.highestOneBit(Math.max(4, capacity) - 1) << 2;
        table = new long[STRIDE * slots];
        mask = slots - 1;
    }

    public int count() {
        return count;
    }

    /** The value of the key, or {@link #ABSENT}. */
    public int get(long first, long second) {
        return value(slotOf(first, second));
    }

    /** Adds a key or changes its value. */
    public void put(long first, long second, int value) {
        int slot = slotOf(first, second);
        if (isEmpty(slot)) {
            if (2 * (count + 1) > mask + 1) {
                grow();
                slot = slotOf(first, second);
            }
            count++;
        }
        table[slot * STRIDE + FIRST] = first;
        table[slot * STRIDE + SECOND] = second;
        table[slot * STRIDE + VALUE] = value + 1L;
    }

    /** Takes every key out. Cost: the number of slots. */
    public void clear() {
        Arrays.fill(table, 0);
        count = 0;
    }

    private int slotOf(long first, long second) {
        int slot = home(first, second);
        while (!isEmpty(slot) && (first(slot) != first || second(slot) != second)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(long first, long second) {
        return (int) (HashIndex.hash(first, second) >>> Long.numberOfLeadingZeros(mask));
    }

    private boolean isEmpty(int slot) {
        return table[slot * STRIDE + VALUE] == 0;
    }

    private long first(int slot) {
        return table[slot * STRIDE + FIRST];
    }

    private long second(int slot) {
        return table[slot * STRIDE + SECOND];
    }

    private int value(int slot) {
        return (int) table[slot * STRIDE + VALUE] - 1;
    }

    private void grow() {
        long[] before = table;
        table = new long[2 * before.length];
        mask = table.length / STRIDE - 1;
        for (int at = 0; at < before.length; at += STRIDE) {
            if (before[at + VALUE] != 0) {
                int slot = slotOf(before[at + FIRST], before[at + SECOND]);
                System.arraycopy(before, at, table, slot * STRIDE, STRIDE);
            }
        }
    }
}
