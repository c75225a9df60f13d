package io.melin.integrity;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC32C (Castagnoli) of a range of a buffer. Reused, allocation free.
 *
 * <p>Threading: an instance is used by one thread at a time.
 */
public final class Crc32c {
    private final CRC32C crc = new CRC32C();

    /**
     * The checksum of bytes [{@code from}, {@code toExclusive}). Leaves position and limit as they
     * were, but moves them meanwhile: the buffer must not be shared with another thread.
     */
    public int of(ByteBuffer bytes, int from, int toExclusive) {
        int position = bytes.position();
        int limit = bytes.limit();
        bytes.limit(toExclusive).position(from);
        crc.reset();
        crc.update(bytes);
        bytes.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
