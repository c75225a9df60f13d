package io.melin.snapshot;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The last bytes of a snapshot: all of it was written, in this order. Little-endian.
 *
 * <pre>
 * offset size field        meaning
 *      0    8 payloadBytes in all chunks
 *      8    8 chunks       without the empty one that ends the payload
 *     16   32 digest       SHA-256 of the payload
 *     48    4 reserved     0
 *     52    4 crc32c       of bytes [0, 52)
 *     56    8 endMagic     "MLNSNEND"
 *     64    - end
 * </pre>
 *
 * @param digest 32 bytes, as a chain hash is
 */
record SnapshotTrailer(long payloadBytes, long chunks, ChainHash digest) {
    static final int PAYLOAD_BYTES = 0;
    static final int CHUNKS = PAYLOAD_BYTES + Long.BYTES;
    static final int DIGEST = CHUNKS + Long.BYTES;
    static final int RESERVED = DIGEST + ChainHash.BYTES;
    static final int CRC32C = RESERVED + Integer.BYTES;
    static final int END_MAGIC = CRC32C + Integer.BYTES;
    static final int END = END_MAGIC + Long.BYTES;

    /** "MLNSNEND" in memory order. */
    static final long END_MAGIC_VALUE = 0x444E_454E_534E_4C4DL;

    /** Writes 64 bytes at index 0. */
    void write(ByteBuffer out, Crc32c crc) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(PAYLOAD_BYTES, payloadBytes);
        out.putLong(CHUNKS, chunks);
        digest.write(out, DIGEST);
        out.putInt(RESERVED, 0);
        out.putInt(CRC32C, crc.of(out, 0, CRC32C));
        out.putLong(END_MAGIC, END_MAGIC_VALUE);
    }

    /** Whether 64 bytes from index 0 are a trailer. */
    static boolean isIntact(ByteBuffer in, Crc32c crc) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        return in.getLong(END_MAGIC) == END_MAGIC_VALUE
                && in.getInt(CRC32C) == crc.of(in, 0, CRC32C)
                && in.getInt(RESERVED) == 0;
    }

    /** Reads a trailer that is intact. */
    static SnapshotTrailer read(ByteBuffer in) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        return new SnapshotTrailer(
                in.getLong(PAYLOAD_BYTES), in.getLong(CHUNKS), ChainHash.read(in, DIGEST));
    }
}
