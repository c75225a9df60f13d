package io.melin.journal;

import io.melin.integrity.HashChain;
import io.melin.storage.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Works on raw bytes of a segment's file. */
final class SegmentBytes {
    private static final int WINDOW_BYTES = 64 << 10;

    private SegmentBytes() {}

    /** Feeds [{@code from}, {@code toExclusive}) to a chain. */
    static void hash(StorageFile file, long from, long toExclusive, HashChain chain)
            throws IOException {
        ByteBuffer window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, toExclusive - from));
        long offset = from;
        while (offset < toExclusive) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, toExclusive - offset));
            int read = file.readFully(window, offset);
            if (read == 0) {
                throw new EOFException("file shrank: file=" + file.name() + ", offset=" + offset);
            }
            chain.update(window.flip());
            offset += read;
        }
    }

    /** Overwrites [{@code from}, {@code toExclusive}) with zeros. */
    static void zero(StorageFile file, long from, long toExclusive) throws IOException {
        ByteBuffer zeros = Zeros.view();
        long offset = from;
        while (offset < toExclusive) {
            zeros.clear().limit((int) Math.min(Zeros.BYTES_MAX, toExclusive - offset));
            offset += zeros.limit();
            file.writeFully(zeros, offset - zeros.limit());
        }
    }
}
