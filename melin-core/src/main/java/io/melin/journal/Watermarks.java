package io.melin.journal;

import io.melin.integrity.Crc32c;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes the watermark slots of the live segment, in turn.
 *
 * <p>M1: a slot records a sync that has completed. M2: the next slot is written only after the sync
 * that made this one durable, so a crash tears one slot at most. One owner; allocation free.
 */
final class Watermarks {
    static final long INTERVAL_NS = 10_000_000;
    static final int INTERVAL_SYNCS = 64;

    private final StorageFile file;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(WatermarkSlot.END);
    private final Crc32c crc = new Crc32c();
    private long generation;
    private long recordedEnd;
    private long writtenNs;
    private int syncs;

    /**
     * @param generation of the newest valid slot, 0 for none
     * @param recordedEnd what it says
     */
    Watermarks(StorageFile file, long generation, long recordedEnd, long tickerNs) {
        this.file = file;
        this.generation = generation;
        this.recordedEnd = recordedEnd;
        this.writtenNs = tickerNs;
    }

    /** Whether the sync that follows should carry a slot with what the last one completed. */
    boolean isDue(SegmentTip synced, long tickerNs) {
        return isBehind(synced) && (syncs >= INTERVAL_SYNCS || tickerNs - writtenNs >= INTERVAL_NS);
    }

    boolean isBehind(SegmentTip synced) {
        return synced.end() > recordedEnd;
    }

    /** Writes, without a sync of its own. */
    void write(SegmentTip synced, long tickerNs) throws IOException {
        long next = generation + 1;
        WatermarkSlot.write(slot.clear(), 0, next, synced, crc);
        file.writeFully(slot, WatermarkSlot.offset(WatermarkSlot.index(next)));
        generation = next;
        recordedEnd = synced.end();
        writtenNs = tickerNs;
        syncs = 0;
    }

    void synced() {
        syncs++;
    }
}
