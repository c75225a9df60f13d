package io.melin.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** (sequence, nanoseconds) pairs in a power-of-two array; one writer, any readers. */
final class StampArray {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] pairs;
    private final long mask;

    StampArray(int slots) {
        pairs = new long[2 * slots];
        mask = slots - 1L;
    }

    int slots() {
        return pairs.length / 2;
    }

    /** The pair is first taken back, so that no reader joins one's sequence to the other's time. */
    void put(long ordinal, long sequence, long ns) {
        int index = index(ordinal);
        LONGS.setOpaque(pairs, index, 0L);
        VarHandle.storeStoreFence();
        LONGS.setOpaque(pairs, index + 1, ns);
        LONGS.setRelease(pairs, index, sequence);
    }

    long find(long ordinal, long sequence) {
        int index = index(ordinal);
        long before = (long) LONGS.getAcquire(pairs, index);
        long ns = (long) LONGS.getOpaque(pairs, index + 1);
        VarHandle.loadLoadFence();
        long after = (long) LONGS.getOpaque(pairs, index);
        return before == sequence && after == sequence ? ns : TraceStamps.ABSENT;
    }

    private int index(long ordinal) {
        return (int) (ordinal & mask) << 1;
    }
}
