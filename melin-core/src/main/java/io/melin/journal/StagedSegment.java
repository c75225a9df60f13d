package io.melin.journal;

import io.melin.integrity.Crc32c;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of zeros that waits to become the live segment.
 *
 * @param name that it has until then
 * @param zeroedEnd the file's size
 */
record StagedSegment(String name, StorageFile file, long zeroedEnd) {
    private static final System.Logger LOG = System.getLogger(StagedSegment.class.getName());

    /**
     * Makes one in place of any other file of that name.
     *
     * <p>Fails: the file may be left, with nothing but zeros.
     *
     * @param zeroBytes room for entries
     */
    static StagedSegment create(StorageDirectory directory, String name, long zeroBytes)
            throws IOException {
        if (directory.exists(name)) {
            directory.delete(name);
        }
        StorageFile file = directory.create(name);
        StagedSegment staged = new StagedSegment(name, file, SegmentHeader.ENTRIES + zeroBytes);
        boolean isMade = false;
        try {
            SegmentBytes.zero(file, 0, staged.zeroedEnd);
            isMade = true;
            return staged;
        } finally {
            if (!isMade) {
                staged.close();
            }
        }
    }

    /** Writes the header and syncs all that was written. */
    void writeHeader(SegmentHeader header) throws IOException {
        ByteBuffer head = ByteBuffer.allocateDirect(SegmentHeader.END);
        header.write(head, 0, new Crc32c());
        file.writeFully(head, 0);
        file.force();
    }

    /** Closes and deletes it, best effort: the next start would do the same. */
    void discard(StorageDirectory directory) {
        close();
        discard(directory, name);
    }

    /** Deletes such a file if it is there, best effort. */
    static void discard(StorageDirectory directory, String name) {
        try {
            if (directory.exists(name)) {
                directory.delete(name);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "staging file stays: name=" + name, e);
        }
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "close failed: name=" + name, e);
        }
    }
}
