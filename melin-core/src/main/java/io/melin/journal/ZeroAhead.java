package io.melin.journal;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps written zeros ahead of the last entry, since a sync of bytes in space that the file system
 * has only allocated also has to log metadata.
 *
 * <p>Z1: zeros are written only at or behind {@code zeroedEnd}, never before it, so they cannot
 * meet an entry. Z2: one backlog pays for about as many zeros as it used up, twice at most, so a
 * segment that begins with few catches up without a burst.
 */
final class ZeroAhead {
    private final StorageFile file;
    private final long aheadBytes;
    private final long endMax;
    private final ByteBuffer zeros = Zeros.view();
    private final int pieceBytes;
    private long zeroedEnd;

    /**
     * @param zeroedEnd the file's end; behind its last entry there are only zeros
     * @param config how many zeros ahead, and where the segment will end
     */
    ZeroAhead(StorageFile file, long zeroedEnd, JournalConfig config) {
        this.file = file;
        this.zeroedEnd = zeroedEnd;
        this.aheadBytes = config.prezeroedBytes();
        this.endMax = config.segmentEndMax();
        this.pieceBytes = pieceBytes(aheadBytes);
    }

    /** Half of what is ahead at most, so that at least half of it always is. */
    static int pieceBytes(long aheadBytes) {
        int page = SegmentHeader.PAGE_BYTES;
        return (int) Math.max(page, Math.min(Zeros.BYTES_MAX, aheadBytes / 2 / page * page));
    }

    /** Writes zeros until they reach {@code end}; seldom has to. */
    long reach(long end) throws IOException {
        long before = zeroedEnd;
        while (zeroedEnd < end) {
            writePiece();
        }
        return zeroedEnd - before;
    }

    /** Writes all whole pieces that are missing ahead of {@code end}. */
    long fill(long end) throws IOException {
        return topUp(end, Long.MAX_VALUE);
    }

    /**
     * Writes whole pieces of what is missing ahead of {@code end}.
     *
     * @param usedBytes by the entries just before {@code end} (Z2)
     */
    long topUpAfter(long usedBytes, long end) throws IOException {
        return topUp(end, 2 * usedBytes + pieceBytes);
    }

    private long topUp(long end, long bytesMax) throws IOException {
        // A segment that has outgrown its size is late to be rotated: nobody knows where it ends.
        long wanted = end < endMax ? Math.min(end + aheadBytes, endMax) : end + aheadBytes;
        long before = zeroedEnd;
        while (wanted - zeroedEnd >= pieceBytes && zeroedEnd - before < bytesMax) {
            writePiece();
        }
        return zeroedEnd - before;
    }

    private void writePiece() throws IOException {
        file.writeFully(zeros.clear().limit(pieceBytes), zeroedEnd);
        zeroedEnd += pieceBytes;
    }
}
