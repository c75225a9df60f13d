package io.melin.snapshot;

import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;

/**
 * One piece of the payload. Little-endian.
 *
 * <pre>
 * offset size field  meaning
 *      0    4 length of the bytes, 1 to 1,048,576; 0 ends the payload
 *      4    4 crc32c of the whole chunk with this field zero
 *      8    n bytes  of the payload
 * </pre>
 *
 * <p>How the payload is cut depends on the writer's chunk size alone, so equal states give equal
 * files.
 */
final class ChunkFrame {
    static final int LENGTH = 0;
    static final int CRC32C = LENGTH + Integer.BYTES;
    static final int BYTES = CRC32C + Integer.BYTES;

    /** What the format allows in one chunk. */
    static final int LENGTH_MAX = 1 << 20;

    private ChunkFrame() {}

    /** Completes a chunk whose bytes end at the position; position and limit are left to write. */
    static void seal(ByteBuffer chunk, Crc32c crc) {
        chunk.flip();
        chunk.putInt(LENGTH, chunk.limit() - BYTES);
        chunk.putInt(CRC32C, 0);
        chunk.putInt(CRC32C, crc.of(chunk, 0, chunk.limit()));
    }

    /** Whether the bytes from 0 to the limit are a whole chunk; clears its checksum. */
    static boolean isIntact(ByteBuffer chunk, Crc32c crc) {
        int found = chunk.getInt(CRC32C);
        chunk.putInt(CRC32C, 0);
        return found == crc.of(chunk, 0, chunk.limit());
    }
}
