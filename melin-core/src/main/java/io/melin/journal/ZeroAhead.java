package io.melin.journal;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps written zeros ahead of the last entry, since a sync of bytes in space that the file system
 * has only allocated also has to log metadata.
 *
 * <p>Z1: zeros are written only at or behind {@code zeroedEnd}, never before it, so they cannot
 * meet an entry.
 */
final class ZeroAhead {
    private final StorageFile file;
    private final long aheadBytes;
    private final ByteBuffer zeros = Zeros.view();
    private final int pieceBytes;
    private long zeroedEnd;

    /**
     * @param zeroedEnd the file's end; behind its last entry there are only zeros
     */
    ZeroAhead(StorageFile file, long zeroedEnd, long aheadBytes) {
        this.file = file;
        this.zeroedEnd = zeroedEnd;
        this.aheadBytes = aheadBytes;
        this.pieceBytes = pieceBytes(aheadBytes);
    }

    /** Half of what is ahead at most, so that at least half of it always is. */
    private static int pieceBytes(long aheadBytes) {
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

    /**
     * Writes whole pieces of what is missing ahead of {@code end}: about as much as was used up.
     */
    long topUp(long end) throws IOException {
        long before = zeroedEnd;
        while (end + aheadBytes - zeroedEnd >= pieceBytes) {
            writePiece();
        }
        return zeroedEnd - before;
    }

    private void writePiece() throws IOException {
        file.writeFully(zeros.clear().limit(pieceBytes), zeroedEnd);
        zeroedEnd += pieceBytes;
    }
}
