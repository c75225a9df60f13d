package io.melin.journal;

import io.melin.storage.StorageDirectory;

/**
 * What the last archive has in the kernel's cache is given up for the zeros of the next segment.
 *
 * <p>Q1: a window of zeros takes as much from the archive as it writes, just before, so the memory
 * that it needs is that which was in use a moment ago. Memory that a virtual machine has not used
 * for a while its host may have to find first, some 9 us a page where it was measured
 * (docs/PERFORMANCE.md), on a core that the node's threads wait for. Q2: only a sealed segment is
 * forgotten, whose names are synced; the live one is not touched.
 *
 * <p>Threading: one thread, the preparer's.
 */
final class SpentPages {
    private final StorageDirectory directory;
    private String archive = "";
    private long end;
    private long offset;

    SpentPages(StorageDirectory directory) {
        this.directory = directory;
    }

    /** Goes on with this archive. What is left of one before stays in the cache. */
    void sealed(String name, long bytes) {
        archive = name;
        end = bytes;
        offset = 0;
    }

    /** Room for so many bytes, if so many are left. */
    void giveUp(long bytes) {
        long count = Math.min(bytes, end - offset);
        if (count > 0) {
            directory.forget(archive, offset, count);
            offset += count;
        }
    }
}
