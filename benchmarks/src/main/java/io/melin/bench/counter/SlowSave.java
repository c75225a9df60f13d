package io.melin.bench.counter;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a snapshot larger and slower than its application needs.
 *
 * @param seconds that it takes, 0 for nothing at all
 * @param isBusy whether it computes all that time, as the encoding of a large state does, or waits,
 *     as for a slow disk
 */
record SlowSave(int seconds, boolean isBusy) {
    /** Writes nothing more. */
    static final SlowSave NONE = new SlowSave(0, false);

    private static final int BLOCKS_PER_SECOND = 100;
    private static final long BLOCK_NS = 1_000_000_000L / BLOCKS_PER_SECOND;
    private static final int BLOCK_BYTES = 64 << 10;

    void write(SnapshotWriter out) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (int i = 0; i < seconds * BLOCKS_PER_SECOND; i++) {
            long untilNs = System.nanoTime() + BLOCK_NS;
            long leftNs = BLOCK_NS;
            while (leftNs > 0) {
                if (!isBusy) {
                    LockSupport.parkNanos(leftNs);
                }
                leftNs = untilNs - System.nanoTime();
            }
            out.writeBytes(block.clear());
        }
    }

    void read(SnapshotReader in) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (int i = 0; i < seconds * BLOCKS_PER_SECOND; i++) {
            in.readBytes(block.clear());
        }
    }
}
