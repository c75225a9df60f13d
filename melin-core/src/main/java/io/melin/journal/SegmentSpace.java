package io.melin.journal;

import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The live segment's file: entries, zeros ahead of them, watermarks; and what that costs. */
final class SegmentSpace {
    private final String path;
    private final StorageFile file;
    private final ZeroAhead zeros;
    private final Watermarks watermarks;
    private final DiskCounters counters = new DiskCounters();

    SegmentSpace(String path, StorageFile file, ZeroAhead zeros, Watermarks watermarks) {
        this.path = path;
        this.file = file;
        this.zeros = zeros;
        this.watermarks = watermarks;
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
        counters.wroteZeros(zeros.topUp(end));
        return end;
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

    StorageFile file() {
        return file;
    }

    String path() {
        return path;
    }

    DiskCounters counters() {
        return counters;
    }
}
