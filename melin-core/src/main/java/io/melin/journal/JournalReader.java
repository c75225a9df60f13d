package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.integrity.Crc32c;
import io.melin.integrity.HashChain;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Iterates the entries of one segment, in bounded memory.
 *
 * <p>One window over the file is filled at once and used up; an entry that straddles its end makes
 * the window begin at that entry. It only grows for a larger entry, up to the format's limit. Looks
 * at entries one by one: whether they follow each other is the caller's business.
 *
 * <p>Threading: one owner. Allocation free while no larger entry appears.
 */
public final class JournalReader {
    /** Good for one large read. */
    public static final int WINDOW_BYTES = 1 << 20;

    private final StorageFile file;
    private final EventHeader header = new EventHeader();
    private final Crc32c crc = new Crc32c();
    private ByteBuffer window;
    private ByteBuffer payload;
    private long windowOffset;
    private long limit;
    private long offset;
    private long end;

    /**
     * @param windowBytes at least 8
     */
    public JournalReader(StorageFile file, int windowBytes) {
        this.file = file;
        this.window = allocate(windowBytes);
        this.payload = window.duplicate();
        range(SegmentHeader.ENTRIES, SegmentHeader.ENTRIES);
    }

    /** Offset of the first entry of any segment. */
    public static long firstEntryOffset() {
        return SegmentHeader.ENTRIES;
    }

    /** Reads on at {@code from}, as if the file ended at {@code toExclusive}. */
    public void range(long from, long toExclusive) {
        offset = from;
        end = from;
        limit = toExclusive;
        windowOffset = from;
        window.limit(0);
    }

    /** Moves the end of the range only, for a file that grows. */
    public void extend(long toExclusive) {
        limit = toExclusive;
    }

    /**
     * Looks at the next entry. Unless it is {@code OK}, the reader stays, and looks again next
     * time.
     *
     * @throws IOException if the file cannot be read
     */
    public EntryVerdict next() throws IOException {
        offset = end;
        if (!isLoaded(EntryFrame.ALIGNMENT)) {
            return end >= limit ? EntryVerdict.END_OF_DATA : EntryVerdict.TRUNCATED;
        }
        EntryVerdict start = EntryFrame.examineStart(window, index());
        if (start != EntryVerdict.OK) {
            return start;
        }
        int total = EntryFrame.total(window, index());
        if (!isLoaded(total)) {
            return EntryVerdict.TRUNCATED;
        }
        EntryVerdict verdict = EntryFrame.examineWhole(window, index(), crc);
        if (verdict == EntryVerdict.OK || verdict.isImpossible()) {
            EntryFrame.read(window, index(), header);
        }
        if (verdict == EntryVerdict.OK) {
            int from = index() + EntryFrame.PAYLOAD;
            payload.limit(from + EntryFrame.payloadBytes(window, index())).position(from);
            payload.order(ByteOrder.LITTLE_ENDIAN);
            end += total;
        }
        return verdict;
    }

    /** Whether looking at the next entry reads the file, so that the window moves. */
    boolean mustRead() {
        int at = (int) (end - windowOffset);
        int left = window.limit() - at;
        return left < EntryFrame.ALIGNMENT || left < EntryFrame.total(window, at);
    }

    /** Feeds the entries from {@code from}, which is still in the window, up to {@link #end}. */
    void hash(HashChain chain, long from) {
        if (from < end) {
            ByteBuffer entries = window.duplicate();
            entries.limit((int) (end - windowOffset)).position((int) (from - windowOffset));
            chain.update(entries);
        }
    }

    /** Of the last entry found to be {@code OK}, or impossible; reused. */
    public EventHeader header() {
        return header;
    }

    /**
     * Of the last {@code OK} entry, position to limit, little-endian; reused, valid until the next
     * call.
     */
    public ByteBuffer payload() {
        return payload;
    }

    /** Of the entry last looked at. */
    public long offset() {
        return offset;
    }

    /** Behind the last {@code OK} entry. */
    public long end() {
        return end;
    }

    private int index() {
        return (int) (offset - windowOffset);
    }

    /** Whether the window holds this many bytes from the current offset; fills it if it must. */
    private boolean isLoaded(int bytes) throws IOException {
        if (offset + bytes <= windowOffset + window.limit()) {
            return true;
        }
        if (offset + bytes > limit) {
            return false;
        }
        if (bytes > window.capacity()) {
            window = allocate(Integer.highestOneBit(bytes - 1) << 1);
            payload = window.duplicate();
        }
        window.clear().limit((int) Math.min(window.capacity(), limit - offset));
        windowOffset = offset;
        int read = 0;
        try {
            read = file.readFully(window, offset);
        } finally {
            window.position(0).limit(read); // Nothing, after a failure: the next look reads again.
        }
        return read >= bytes;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
