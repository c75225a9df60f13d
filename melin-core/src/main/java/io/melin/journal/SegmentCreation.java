package io.melin.journal;

import io.melin.storage.StorageDirectory;
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
        int zeroBytes = ZeroAhead.pieceBytes(config.prezeroedBytes());
        StagedSegment staged = StagedSegment.create(directory, names.staging(), zeroBytes);
        try {
            staged.writeHeader(header);
        } finally {
            staged.file().close();
        }
        directory.rename(names.staging(), names.live());
        directory.sync();
    }
}
