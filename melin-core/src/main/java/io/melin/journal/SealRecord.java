package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The last words of a segment, at the head of its fourth page: it makes a cut of the newest archive
 * visible. Little-endian.
 *
 * <pre>
 * offset size field        meaning
 *      0    8 magic        "MLNSEAL1"
 *      8    8 lastSequence of the last entry, startSequence - 1 for none
 *     16    8 validEnd     offset behind the last entry
 *     24   32 tail         chain hash over all entries, the anchor of the next segment
 *     56    4 reserved     0
 *     60    4 crc32c       of bytes [0, 60)
 *     64    - end
 * </pre>
 *
 * <p>A page of zeros is no seal. The rest of its page is zero.
 */
record SealRecord(long lastSequence, long validEnd, ChainHash tail) {

    static final int MAGIC = 0;
    static final int LAST_SEQUENCE = MAGIC + Long.BYTES;
    static final int VALID_END = LAST_SEQUENCE + Long.BYTES;
    static final int TAIL = VALID_END + Long.BYTES;
    static final int RESERVED = TAIL + ChainHash.BYTES;
    static final int CRC32C = RESERVED + Integer.BYTES;
    static final int END = CRC32C + Integer.BYTES;

    /** "MLNSEAL1" in memory order. */
    static final long MAGIC_VALUE = 0x314C_4145_534E_4C4DL;

    /** What a look at any bytes says. */
    enum Verdict {
        OK,
        /** Not sealed. */
        BLANK,
        /** A write was cut, or the bytes rotted, or they make no sense. */
        INVALID
    }

    /** Writes 64 bytes at {@code at}. */
    void write(ByteBuffer out, int at, Crc32c crc) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(at + MAGIC, MAGIC_VALUE);
        out.putLong(at + LAST_SEQUENCE, lastSequence);
        out.putLong(at + VALID_END, validEnd);
        tail.write(out, at + TAIL);
        out.putInt(at + RESERVED, 0);
        out.putInt(at + CRC32C, crc.of(out, at, at + CRC32C));
    }

    /** Looks at the page at {@code at}. */
    static Verdict examine(ByteBuffer in, int at, Crc32c crc) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        if (SegmentHeader.isZero(in, at, at + SegmentHeader.PAGE_BYTES)) {
            return Verdict.BLANK;
        }
        if (in.getLong(at + MAGIC) != MAGIC_VALUE
                || in.getInt(at + CRC32C) != crc.of(in, at, at + CRC32C)) {
            return Verdict.INVALID;
        }
        boolean sense =
                in.getLong(at + LAST_SEQUENCE) >= 0
                        && in.getLong(at + VALID_END) >= SegmentHeader.ENTRIES
                        && (in.getLong(at + VALID_END) & (EntryFrame.ALIGNMENT - 1)) == 0
                        && in.getInt(at + RESERVED) == 0
                        && SegmentHeader.isZero(in, at + END, at + SegmentHeader.PAGE_BYTES);
        return sense ? Verdict.OK : Verdict.INVALID;
    }

    /** Reads a seal that {@link #examine} found to be {@code OK}. */
    static SealRecord read(ByteBuffer in, int at) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        return new SealRecord(
                in.getLong(at + LAST_SEQUENCE),
                in.getLong(at + VALID_END),
                ChainHash.read(in, at + TAIL));
    }
}
