package io.melin.journal;

import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;

/**
 * Makes a new live segment.
 *
 * <p>C1: a file has the live name only once its header and its first zeros are on stable media. A
 * crash leaves 1. nothing, or 2. a staging file without entries, which the next start deletes, or
 * 3. the live segment.
 */
final class SegmentCreation {
    private SegmentCreation() {}

    /** Creates, syncs and names a segment, replacing a blank file of the live name. */
    static void create(
            StorageDirectory directory,
            SegmentNames names,
            SegmentHeader header,
            JournalConfig config)
            throws IOException {
        StagedSegment staged = StagedSegment.create(directory, names.staging(), 0);
        try (StorageFile file = staged.file()) {
            new ZeroAhead(file, staged.zeroedEnd(), config).fill(SegmentHeader.ENTRIES);
            staged.writeHeader(header);
        }
        directory.rename(names.staging(), names.live());
        directory.sync();
    }
}
