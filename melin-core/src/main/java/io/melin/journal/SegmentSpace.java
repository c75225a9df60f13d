package io.melin.journal;

import io.melin.integrity.Crc32c;
import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The live segment's file: entries, zeros ahead of them, watermarks, seal; and what that costs. */
final class SegmentSpace {
    private final StorageFile file;
    private final ZeroAhead zeros;
    private final Watermarks watermarks;
    private final DiskCounters counters;

    SegmentSpace(StorageFile file, ZeroAhead zeros, Watermarks watermarks, DiskCounters counters) {
        this.file = file;
        this.zeros = zeros;
        this.watermarks = watermarks;
        this.counters = counters;
    }

    /**
     * Writes entries behind the tip, and with them what can travel with the sync that follows.
     *
     * @return offset behind the entries
     */
    long write(ByteBuffer first, ByteBuffer second, SegmentTip synced, long tickerNs)
            throws IOException {
        long middle = synced.end() + first.remaining();
        long end = middle + second.remaining();
        counters.wroteZeros(zeros.reach(end));
        file.writeFully(first, synced.end());
        if (second.hasRemaining()) {
            file.writeFully(second, middle);
        }
        counters.wrote(end - synced.end());
        if (watermarks.isDue(synced, tickerNs)) {
            watermarks.write(synced, tickerNs);
        }
        counters.wroteZeros(zeros.topUpAfter(end - synced.end(), end));
        return end;
    }

    /** Lets entries that were just written go on their way before {@link #force}. */
    void beginForce(long from, long end) throws IOException {
        file.beginForce(from, end - from);
    }

    void force(TimeSource time) throws IOException {
        long startedNs = time.tickerNs();
        file.force();
        counters.synced(time.tickerNs() - startedNs);
        watermarks.synced();
    }

    /** A watermark over all that is synced, with a sync of its own; unless there is one. */
    void writeFinalWatermark(SegmentTip synced, TimeSource time) throws IOException {
        if (watermarks.isBehind(synced)) {
            writeWatermark(synced, time);
        }
    }

    /** A watermark with a sync of its own. */
    void writeWatermark(SegmentTip synced, TimeSource time) throws IOException {
        watermarks.write(synced, time.tickerNs());
        force(time);
    }

    /** The seal and a final watermark, with one sync. */
    void seal(SegmentTip synced, SealRecord seal, TimeSource time) throws IOException {
        if (watermarks.isBehind(synced)) {
            watermarks.write(synced, time.tickerNs());
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(SealRecord.END);
        seal.write(bytes, 0, new Crc32c());
        file.writeFully(bytes, SegmentHeader.SEAL_PAGE);
        force(time);
    }

    /** Takes the seal back. */
    void clearSeal(TimeSource time) throws IOException {
        SegmentBytes.zero(file, SegmentHeader.SEAL_PAGE, SegmentHeader.ENTRIES);
        force(time);
    }

    DiskCounters counters() {
        return counters;
    }

    StorageFile file() {
        return file;
    }
}
