package io.melin.journal;

import io.melin.integrity.Crc32c;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

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
            long prezeroedBytes)
            throws IOException {
        if (directory.exists(names.staging())) {
            directory.delete(names.staging());
        }
        try (StorageFile staging = directory.create(names.staging())) {
            ByteBuffer head = ByteBuffer.allocateDirect(SegmentHeader.ENTRIES);
            header.write(head, 0, new Crc32c());
            staging.writeFully(head, 0);
            new ZeroAhead(staging, SegmentHeader.ENTRIES, prezeroedBytes)
                    .topUp(SegmentHeader.ENTRIES);
            staging.force();
        }
        directory.rename(names.staging(), names.live());
        directory.sync();
    }
}
