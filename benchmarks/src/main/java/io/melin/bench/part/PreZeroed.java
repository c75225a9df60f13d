package io.melin.bench.part;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Space for those that write without a journal, as good as a node's own: zeros were written to it
 * in windows as small as a node's. The kernel keeps in one piece what came in one write, and a sync
 * of a few pages of a large piece takes longer (docs/PERFORMANCE.md).
 */
public final class PreZeroed {
    private static final int WINDOW_BYTES = 256 << 10;

    private PreZeroed() {}

    /**
     * Fills the file from its start, and syncs.
     *
     * @param bytes a multiple of 256 KiB
     */
    public static void fill(FileChannel file, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(WINDOW_BYTES);
        for (long at = 0; at < bytes; at += WINDOW_BYTES) {
            file.write(zeros.clear(), at);
        }
        file.force(true);
    }
}
