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
 * <p>Threading: {@link #giveUp} is the preparer's; {@link #sealed} is for any thread, since a
 * rotation before the preparer runs has its errand done by its own.
 */
final class SpentPages {
    private static final Archive NONE = new Archive("", 0);

    private final StorageDirectory directory;
    private volatile Archive newest = NONE;
    private Archive archive = NONE;
    private long offset;

    private record Archive(String name, long bytes) {}

    SpentPages(StorageDirectory directory) {
        this.directory = directory;
    }

    /** Goes on with this archive. What is left of one before stays in the cache. */
    void sealed(String name, long bytes) {
        newest = new Archive(name, bytes);
    }

    /** Room for so many bytes, if so many are left. */
    void giveUp(long bytes) {
        Archive last = newest;
        if (last != archive) {
            archive = last;
            offset = 0;
        }
        long count = Math.min(bytes, archive.bytes() - offset);
        if (count > 0) {
            directory.forget(archive.name(), offset, count);
            offset += count;
        }
    }
}
