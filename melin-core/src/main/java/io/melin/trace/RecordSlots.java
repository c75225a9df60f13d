package io.melin.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Trace records in preallocated slots, each under its own version: odd while it is written, raised
 * by two with every record. One writer; readers never stop it.
 *
 * <pre>
 * long  field
 *    0  version      0: never written
 *    1  sequence
 *  2-7  stamps       by ordinal of TracePoint
 * </pre>
 */
final class RecordSlots {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SEQUENCE = 1;
    private static final int STAMPS = 2;
    private static final int STRIDE = STAMPS + Spans.POINTS;
    private static final int ATTEMPTS = 100;

    private final long[] longs;

    RecordSlots(int count) {
        longs = new long[count * STRIDE];
    }

    int count() {
        return longs.length / STRIDE;
    }

    void put(int slot, long sequence, long[] at) {
        int start = slot * STRIDE;
        long version = longs[start];
        LONGS.setOpaque(longs, start, version + 1);
        VarHandle.storeStoreFence(); // the odd version before any field
        LONGS.setOpaque(longs, start + SEQUENCE, sequence);
        for (int point = 0; point < Spans.POINTS; point++) {
            LONGS.setOpaque(longs, start + STAMPS + point, at[point]);
        }
        LONGS.setRelease(longs, start, version + 2);
    }

    /** Null for a slot that is empty, or whose writer was faster each time. */
    @Nullable TraceRecord read(int slot) {
        int start = slot * STRIDE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = (long) LONGS.getAcquire(longs, start);
            if (before == 0) {
                return null;
            }
            TraceRecord record = copy(start);
            VarHandle.loadLoadFence(); // every field before the version again
            long after = (long) LONGS.getOpaque(longs, start);
            if (before == after && (before & 1) == 0) {
                return record;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    private TraceRecord copy(int start) {
        return new TraceRecord(
                field(start + SEQUENCE),
                field(start + STAMPS + Spans.RECEIVED),
                field(start + STAMPS + Spans.PUBLISHED),
                field(start + STAMPS + Spans.FRAMED),
                field(start + STAMPS + Spans.DURABLE),
                field(start + STAMPS + Spans.APPLIED),
                field(start + STAMPS + Spans.RESPONDED));
    }

    private long field(int index) {
        return (long) LONGS.getOpaque(longs, index);
    }
}
