package io.melin.sample.exchange.table;

import java.util.Arrays;

/**
 * A hash table from two longs to an int, open addressing with linear probing.
 *
 * <p>P1: a key is found by walking from its home slot to the first empty one, so a removal moves
 * later keys back instead of leaving a mark. P2: at most half of the slots are used.
 *
 * <p>Range: values are 0 or more. Threading: one thread. Slot order depends on history and must not
 * reach a snapshot; {@link #sortedIntKeys} may.
 */
public final class PairTable {

    /** Answer for a key that is not there. */
    public static final int ABSENT = -1;

    private long[] keys;
    private int[] values;
    private int mask;
    private int count;

    /**
     * @param capacity entries that fit before the first growth
     */
    public PairTable(int capacity) {
        int slots = Integer.highestOneBit(Math.max(4, capacity) - 1) << 2;
        keys = new long[2 * slots];
        values = new int[slots];
        Arrays.fill(values, ABSENT);
        mask = slots - 1;
    }

    public int count() {
        return count;
    }

    /** The value of the key, or {@link #ABSENT}. */
    public int get(long first, long second) {
        return values[slotOf(first, second)];
    }

    /** Adds a key or changes its value. */
    public void put(long first, long second, int value) {
        int slot = slotOf(first, second);
        if (values[slot] == ABSENT) {
            if (2 * (count + 1) > values.length) {
                grow();
                slot = slotOf(first, second);
            }
            keys[2 * slot] = first;
            keys[2 * slot + 1] = second;
            count++;
        }
        values[slot] = value;
    }

    /** Takes the key out; does nothing if it is not there. */
    public void remove(long first, long second) {
        int hole = slotOf(first, second);
        if (values[hole] == ABSENT) {
            return;
        }
        count--;
        int slot = hole;
        while (true) {
            slot = slot + 1 & mask;
            if (values[slot] == ABSENT) {
                break;
            }
            int home = home(keys[2 * slot], keys[2 * slot + 1]);
            if ((slot - home & mask) >= (slot - hole & mask)) {
                keys[2 * hole] = keys[2 * slot];
                keys[2 * hole + 1] = keys[2 * slot + 1];
                values[hole] = values[slot];
                hole = slot;
            }
        }
        values[hole] = ABSENT;
    }

    /** Takes every key out. Cost: the number of slots. */
    public void clear() {
        Arrays.fill(values, ABSENT);
        count = 0;
    }

    /**
     * Every key as {@code first << 32 | second}, ascending. For keys whose parts are ints of 0 or
     * more. Allocates; for snapshots.
     */
    public long[] sortedIntKeys() {
        long[] packed = new long[count];
        int next = 0;
        for (int slot = 0; slot < values.length; slot++) {
            if (values[slot] != ABSENT) {
                packed[next++] = keys[2 * slot] << 32 | keys[2 * slot + 1];
            }
        }
        Arrays.sort(packed);
        return packed;
    }

    private int slotOf(long first, long second) {
        int slot = home(first, second);
        while (values[slot] != ABSENT
                && (keys[2 * slot] != first || keys[2 * slot + 1] != second)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(long first, long second) {
        return (int) Mix.of(first, second) & mask;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[2 * oldValues.length];
        Arrays.fill(values, ABSENT);
        mask = values.length - 1;
        for (int old = 0; old < oldValues.length; old++) {
            if (oldValues[old] != ABSENT) {
                int slot = slotOf(oldKeys[2 * old], oldKeys[2 * old + 1]);
                keys[2 * slot] = oldKeys[2 * old];
                keys[2 * slot + 1] = oldKeys[2 * old + 1];
                values[slot] = oldValues[old];
            }
        }
    }
}
