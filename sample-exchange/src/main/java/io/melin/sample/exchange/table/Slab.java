package io.melin.sample.exchange.table;

import java.util.Arrays;

/**
 * Records of a fixed number of longs in one array, addressed by slot; freed slots are used again.
 *
 * <p>Records of 2, 4 or 8 longs lie in one line of the cache each: G1 gives a large array regions
 * of its own, so that it begins on a line, with 16 bytes of the JVM; the first record begins on the
 * next line.
 *
 * <p>Range: slots are 0 or more; {@link #NONE} is no slot. Threading: one thread. Slot numbers
 * depend on history and must never reach a report, a digest or a snapshot.
 */
public final class Slab {

    /** No slot. */
    public static final int NONE = -1;

    private static final int START = (64 - 16) / Long.BYTES;

    private final int stride;
    private long[] words;
    private int used;
    private int freeHead = NONE;

    /**
     * @param stride longs a record
     * @param capacity records that fit before the first growth
     */
    public Slab(int stride, int capacity) {
        this.stride = stride;
        words = new long[START + stride * Math.max(1, capacity)];
    }

    /** A slot whose fields are all 0. */
    public int allocate() {
        int slot = freeHead;
        if (slot == NONE) {
            slot = used++;
            if (at(used) > words.length) {
                words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
            }
        } else {
            freeHead = (int) words[at(slot)];
            words[at(slot)] = 0;
        }
        return slot;
    }

    public void free(int slot) {
        int start = at(slot);
        Arrays.fill(words, start, start + stride, 0);
        words[start] = freeHead;
        freeHead = slot;
    }

    /** Frees every slot. */
    public void clear() {
        Arrays.fill(words, 0, at(used), 0);
        used = 0;
        freeHead = NONE;
    }

    public long get(int slot, int field) {
        return words[at(slot) + field];
    }

    public void set(int slot, int field, long value) {
        words[at(slot) + field] = value;
    }

    private int at(int slot) {
        return START + slot * stride;
    }
}
