package io.melin.journal;

import io.melin.storage.CachedFile;
import io.melin.storage.StorageDirectory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What archives have in the kernel's cache is given up for the zeros of the next segment, the
 * oldest first.
 *
 * <p>Q1: a window of zeros takes as much from an archive as it writes, just before, so the memory
 * that it needs is that which was in use a moment ago. Memory that a virtual machine has not used
 * for a while its host may have to find first, some 9 us a page where it was measured
 * (docs/PERFORMANCE.md), on a core that the node's threads wait for. Twice as much while more than
 * one archive waits, or else a journal would keep the memory of its longest backlog for ever. Q2:
 * only a sealed segment is forgotten, whose names are synced; the live one is not touched. Q3: what
 * a follower has yet to read stays: a shadow that read it from the device took requests' time there
 * (docs/PERFORMANCE.md).
 *
 * <p>Threading: {@link #giveUp} is the preparer's; {@link #sealed} is for any thread, since a
 * rotation before the preparer runs has its errand done by its own.
 */
final class SpentPages {
    private final StorageDirectory directory;
    private final SegmentNames names;
    private final Follower follower;
    private final Queue<Archive> archives = new ConcurrentLinkedQueue<>();
    private long offset;

    private record Archive(long segment, long bytes, CachedFile cached) {}

    SpentPages(StorageDirectory directory, SegmentNames names, Follower follower) {
        this.directory = directory;
        this.names = names;
        this.follower = follower;
    }

    /** Has its archive's name, and so many bytes. */
    void sealed(long segment, long bytes) {
        CachedFile cached = directory.cached(names.archive(segment));
        archives.add(new Archive(segment, bytes, cached));
    }

    /** Room for so many bytes, if there is something to give. Allocates nothing for a window. */
    void giveUp(long bytes) {
        long wanted = archives.size() > 1 ? 2 * bytes : bytes;
        Archive oldest = archives.peek();
        while (wanted > 0 && oldest != null && !follower.needs(oldest.segment())) {
            long count = Math.min(wanted, oldest.bytes() - offset);
            oldest.cached().forget(offset, count);
            wanted -= count;
            offset += count;
            if (offset == oldest.bytes()) {
                archives.remove();
                oldest = archives.peek();
                offset = 0;
            }
        }
    }
}
