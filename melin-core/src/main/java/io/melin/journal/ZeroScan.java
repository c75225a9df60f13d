package io.melin.journal;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Looks for bytes that are not zero. One owner. */
final class ZeroScan {
    private static final int WINDOW_BYTES = 64 << 10;

    private final StorageFile file;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private final ByteBuffer zeros = Zeros.view();

    ZeroScan(StorageFile file) {
        this.file = file;
    }

    /** Offset of the last byte that is not zero in [{@code from}, {@code toExclusive}), or -1. */
    long lastNonZero(long from, long toExclusive) throws IOException {
        long last = -1;
        long offset = from;
        while (offset < toExclusive) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, toExclusive - offset));
            int read = file.readFully(window, offset);
            if (read == 0) {
                break;
            }
            window.flip();
            if (window.mismatch(zeros.clear().limit(read)) >= 0) {
                last = offset + lastInWindow();
            }
            offset += read;
        }
        return last;
    }

    private int lastInWindow() {
        int index = window.limit() - 1;
        while (window.get(index) == 0) {
            index--;
        }
        return index;
    }
}
