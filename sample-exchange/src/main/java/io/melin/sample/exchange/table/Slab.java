package io.melin.sample.exchange.table;

import java.util.Arrays;

/**
 * Records of a fixed number of longs in one array, addressed by slot; freed slots are used again.
 *
 * <p>Range: slots are 0 or more; {@link #NONE} is no slot. Threading: one thread. Slot numbers
 * depend on history and must never reach a report, a digest or a snapshot.
 */
public final class Slab {

    /** No slot. */
    public static final int NONE = -1;

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
        words = new long[stride * Math.max(1, capacity)];
    }

    /** A slot whose fields are all 0. */
    public int allocate() {
        int slot = freeHead;
        if (slot == NONE) {
            slot = used++;
            if (used * stride > words.length) {
                words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
            }
        } else {
            freeHead = (int) words[slot * stride];
            words[slot * stride] = 0;
        }
        return slot;
    }

    public void free(int slot) {
        int start = slot * stride;
        Arrays.fill(words, start, start + stride, 0);
        words[start] = freeHead;
        freeHead = slot;
    }

    /** Frees every slot. */
    public void clear() {
        Arrays.fill(words, 0, used * stride, 0);
        used = 0;
        freeHead = NONE;
    }

    public long get(int slot, int field) {
        return words[slot * stride + field];
    }

    public void set(int slot, int field, long value) {
        words[slot * stride + field] = value;
    }
}
