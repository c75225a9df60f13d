package io.melin.snapshot;

import io.melin.integrity.ChainHash;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SHA-256 over a state's bytes: the digest that the trailer of its snapshot holds, without a file.
 * Equal states have equal digests, however a snapshot of them is cut into chunks.
 */
public final class SnapshotDigest {
    private static final int CHUNK_BYTES = 64 << 10;

    private SnapshotDigest() {}

    /**
     * Threading: the owner of the state. Constant memory.
     *
     * @throws IOException of the state's own
     */
    public static ChainHash of(StateSource state) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(ChunkFrame.BYTES + CHUNK_BYTES);
        ChunkWriter out =
                new ChunkWriter(
                        Nowhere.INSTANCE, chunk.order(ByteOrder.LITTLE_ENDIAN), SavePace.NONE);
        out.beginPayload();
        state.write(out);
        return out.finish().digest();
    }

    /** Takes all and keeps nothing. */
    private enum Nowhere implements StorageFile {
        INSTANCE;

        @Override
        public long size() {
            return 0;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            return -1;
        }

        @Override
        public int write(ByteBuffer source, long offset) {
            int bytes = source.remaining();
            source.position(source.limit());
            return bytes;
        }

        @Override
        public void force() {}

        @Override
        public void truncate(long size) {}

        @Override
        public void close() {}
    }
}
