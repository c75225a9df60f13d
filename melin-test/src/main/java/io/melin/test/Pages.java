package io.melin.test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The bytes of one file as pages that copies share until one of them writes.
 *
 * <p>Not thread safe. A hole reads as zeros and takes no space.
 */
final class Pages {
    static final int PAGE_BYTES = 4096;

    private static final byte[] HOLE = new byte[PAGE_BYTES];

    private final List<byte[]> pages;
    private final BitSet owned = new BitSet();
    private long size;

    Pages() {
        this(new ArrayList<>(), 0);
    }

    private Pages(List<byte[]> pages, long size) {
        this.pages = pages;
        this.size = size;
    }

    /** A second version of the same bytes; from here on either copies a page before it writes. */
    Pages copy() {
        owned.clear();
        return new Pages(new ArrayList<>(pages), size);
    }

    /** As {@link #copy}, of a version that nobody writes any more; any thread. */
    Pages sharedCopy() {
        return new Pages(new ArrayList<>(pages), size);
    }

    long size() {
        return size;
    }

    int allocatedPages() {
        int count = 0;
        for (byte[] page : pages) {
            count += page == HOLE ? 0 : 1;
        }
        return count;
    }

    boolean isAllocated(int page) {
        return page < pages.size() && pages.get(page) != HOLE;
    }

    int read(ByteBuffer target, long offset) {
        if (offset >= size) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size - offset);
        int left = count;
        long at = offset;
        while (left > 0) {
            int from = (int) (at % PAGE_BYTES);
            int part = Math.min(left, PAGE_BYTES - from);
            target.put(pages.get((int) (at / PAGE_BYTES)), from, part);
            at += part;
            left -= part;
        }
        return count;
    }

    byte[] range(long offset, int length) {
        byte[] bytes = new byte[length];
        read(ByteBuffer.wrap(bytes), offset);
        return bytes;
    }

    void write(byte[] source, int sourceOffset, int length, long offset) {
        if (length == 0) {
            return;
        }
        grow(Math.max(size, offset + length));
        int done = 0;
        while (done < length) {
            long at = offset + done;
            int to = (int) (at % PAGE_BYTES);
            int part = Math.min(length - done, PAGE_BYTES - to);
            byte[] page = writable((int) (at / PAGE_BYTES));
            System.arraycopy(source, sourceOffset + done, page, to, part);
            done += part;
        }
    }

    /** Cuts, or extends with a hole. */
    void setSize(long newSize) {
        if (newSize >= size) {
            grow(newSize);
            return;
        }
        int kept = (int) ((newSize + PAGE_BYTES - 1) / PAGE_BYTES);
        int inLast = (int) (newSize % PAGE_BYTES);
        if (inLast != 0 && pages.get(kept - 1) != HOLE) {
            Arrays.fill(writable(kept - 1), inLast, PAGE_BYTES, (byte) 0);
        }
        pages.subList(kept, pages.size()).clear();
        owned.clear(kept, Math.max(kept, owned.length()));
        size = newSize;
    }

    /** Takes over the size, and one range of pages, of another version. */
    void shareFrom(Pages other, int firstPage, int endPage) {
        setSize(other.size);
        int end = Math.min(endPage, pages.size());
        for (int page = firstPage; page < end; page++) {
            pages.set(page, other.pages.get(page));
        }
        if (firstPage < end) {
            owned.clear(firstPage, end);
            other.owned.clear(firstPage, end);
        }
    }

    /**
     * Offset of the first byte that differs, the smaller size where one is a prefix; -1 if equal.
     */
    long firstDifference(Pages other) {
        int common = Math.min(pages.size(), other.pages.size());
        for (int page = 0; page < common; page++) {
            byte[] here = pages.get(page);
            byte[] there = other.pages.get(page);
            int at = here == there ? -1 : Arrays.mismatch(here, there);
            if (at >= 0) {
                long offset = (long) page * PAGE_BYTES + at;
                return Math.min(offset, Math.min(size, other.size));
            }
        }
        return size == other.size ? -1 : Math.min(size, other.size);
    }

    byte[] toBytes() {
        return range(0, Math.toIntExact(size));
    }

    private void grow(long newSize) {
        int needed = Math.toIntExact((newSize + PAGE_BYTES - 1) / PAGE_BYTES);
        while (pages.size() < needed) {
            pages.add(HOLE);
        }
        size = newSize;
    }

    private byte[] writable(int page) {
        if (!owned.get(page)) {
            pages.set(page, pages.get(page).clone());
            owned.set(page);
        }
        return pages.get(page);
    }
}
