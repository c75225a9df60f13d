package io.melin.journal;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What lies behind the last valid entry of a live segment.
 *
 * @param dirtyEnd offset behind the last byte that is not zero; where the scan began if all are
 * @param lastEntry offset of the last thing that looks like a whole later entry, or -1
 */
record TailScan(long dirtyEnd, long lastEntry) {
    private static final int WINDOW_BYTES = 64 << 10;

    /** Looks at everything from {@code from}, where no valid next entry is, to the file's end. */
    static TailScan run(StorageFile file, long from, long lastSequence) throws IOException {
        long last = new ZeroScan(file).lastNonZero(from, file.size());
        if (last < 0) {
            return new TailScan(from, -1);
        }
        long dirtyEnd = last + 1;
        return new TailScan(dirtyEnd, lastEntry(file, from, dirtyEnd, lastSequence));
    }

    private static long lastEntry(StorageFile file, long from, long dirtyEnd, long lastSequence)
            throws IOException {
        JournalReader reader = new JournalReader(file, SegmentHeader.PAGE_BYTES);
        ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        window.limit(0);
        // Entries behind a hole cannot be farther ahead than there is room for.
        long aheadMax = 1 + (dirtyEnd - from) / EntryFrame.TOTAL_BYTES_MIN;
        long found = -1;
        long windowOffset = from;
        long next = from;
        while (next < dirtyEnd) {
            if (next + EntryFrame.TIME_NS > windowOffset + window.limit()) {
                windowOffset = next;
                window.clear();
                file.readFully(window, windowOffset);
                window.flip();
            }
            int index = (int) (next - windowOffset);
            if (window.limit() - index < EntryFrame.TIME_NS) {
                break;
            }
            long ahead = sequenceAt(window, index) - lastSequence;
            if (ahead > 0 && ahead <= aheadMax && isEntry(reader, next, file.size())) {
                found = next;
                next = reader.end();
            } else {
                next += EntryFrame.ALIGNMENT;
            }
        }
        return found;
    }

    /** The sequence of what may be an entry, or 0. */
    private static long sequenceAt(ByteBuffer window, int index) {
        return EntryFrame.examineStart(window, index) == EntryVerdict.OK
                ? window.getLong(index + EntryFrame.SEQUENCE)
                : 0;
    }

    private static boolean isEntry(JournalReader reader, long offset, long size)
            throws IOException {
        reader.range(offset, size);
        return reader.next() == EntryVerdict.OK;
    }
}
