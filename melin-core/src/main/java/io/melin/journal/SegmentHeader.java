package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The first bytes of a segment: who it is and what it follows. Written once, before the file gets
 * its name. Little-endian.
 *
 * <pre>
 * offset size field              meaning
 *      0    8 magic              "MLNJRNL1"
 *      8    2 formatVersion      1
 *     10    1 hashId             1: SHA-256
 *     11    1 alignmentShift     3: entries are multiples of 8 bytes
 *     12    4 featureBits        0; an unknown bit is refused
 *     16   16 lineage            random at genesis, then copied; high word, low word
 *     32    8 segment            number of this segment, dense, from 1
 *     40    8 startSequence      of the first entry
 *     48    8 epoch              before the first entry
 *     56    8 timeNs             journaled time before the first entry
 *     64   32 anchor             random at genesis, then the tail hash of the segment before
 *     96    2 codecVersion       of the application's event codec
 *     98    2 applicationVersion of the application's behaviour
 *    100   24 reserved           0
 *    124    4 crc32c             of bytes [0, 124)
 *    128    - end
 * </pre>
 *
 * <p>The rest of its page is zero, and so is the rest of each of the three pages that follow: two
 * watermark slots and a seal. Entries begin at {@link #ENTRIES}.
 */
record SegmentHeader(
        int codecVersion,
        int applicationVersion,
        UUID lineage,
        long segment,
        long startSequence,
        long epoch,
        long timeNs,
        ChainHash anchor) {

    static final int MAGIC = 0;
    static final int FORMAT_VERSION = MAGIC + Long.BYTES;
    static final int HASH_ID = FORMAT_VERSION + Short.BYTES;
    static final int ALIGNMENT_SHIFT = HASH_ID + Byte.BYTES;
    static final int FEATURE_BITS = ALIGNMENT_SHIFT + Byte.BYTES;
    static final int LINEAGE = FEATURE_BITS + Integer.BYTES;
    static final int SEGMENT = LINEAGE + 2 * Long.BYTES;
    static final int START_SEQUENCE = SEGMENT + Long.BYTES;
    static final int EPOCH = START_SEQUENCE + Long.BYTES;
    static final int TIME_NS = EPOCH + Long.BYTES;
    static final int ANCHOR = TIME_NS + Long.BYTES;
    static final int CODEC_VERSION = ANCHOR + ChainHash.BYTES;
    static final int APPLICATION_VERSION = CODEC_VERSION + Short.BYTES;
    static final int RESERVED = APPLICATION_VERSION + Short.BYTES;
    static final int CRC32C = RESERVED + 24;
    static final int END = CRC32C + Integer.BYTES;

    /** The four pages of a segment's head. */
    static final int PAGE_BYTES = 4096;

    static final int WATERMARK_PAGES = PAGE_BYTES;
    static final int SEAL_PAGE = 3 * PAGE_BYTES;

    /** Offset of the first entry. */
    static final int ENTRIES = 4 * PAGE_BYTES;

    /** "MLNJRNL1" in memory order. */
    static final long MAGIC_VALUE = 0x314C_4E52_4A4E_4C4DL;

    static final int VERSION = 1;
    static final int HASH_SHA256 = 1;
    static final int SHIFT = 3;

    /** What a look at any bytes says. */
    enum Verdict {
        OK,
        /** Nothing but zeros. */
        BLANK,
        NOT_A_JOURNAL,
        UNSUPPORTED_VERSION,
        UNSUPPORTED_FEATURE,
        CRC_MISMATCH,
        /** Checksum good, content impossible. */
        IMPOSSIBLE,
        /** Ends before {@link #END}. */
        TRUNCATED
    }

    /** Writes 128 bytes at {@code at}. */
    void write(ByteBuffer out, int at, Crc32c crc) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(at + MAGIC, MAGIC_VALUE);
        out.putShort(at + FORMAT_VERSION, (short) VERSION);
        out.put(at + HASH_ID, (byte) HASH_SHA256);
        out.put(at + ALIGNMENT_SHIFT, (byte) SHIFT);
        out.putInt(at + FEATURE_BITS, 0);
        out.putLong(at + LINEAGE, lineage.getMostSignificantBits());
        out.putLong(at + LINEAGE + Long.BYTES, lineage.getLeastSignificantBits());
        out.putLong(at + SEGMENT, segment);
        out.putLong(at + START_SEQUENCE, startSequence);
        out.putLong(at + EPOCH, epoch);
        out.putLong(at + TIME_NS, timeNs);
        anchor.write(out, at + ANCHOR);
        out.putShort(at + CODEC_VERSION, (short) codecVersion);
        out.putShort(at + APPLICATION_VERSION, (short) applicationVersion);
        for (int i = RESERVED; i < CRC32C; i++) {
            out.put(at + i, (byte) 0);
        }
        out.putInt(at + CRC32C, crc.of(out, at, at + CRC32C));
    }

    /**
     * Looks at the bytes from {@code at} to the limit: magic, version, checksum, features, sense.
     */
    static Verdict examine(ByteBuffer in, int at, Crc32c crc) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        int bytes = Math.min(in.limit() - at, END);
        if (isZero(in, at, at + bytes)) {
            return Verdict.BLANK;
        }
        if (!startsWithMagic(in, at, Math.min(bytes, Long.BYTES))) {
            return Verdict.NOT_A_JOURNAL;
        }
        if (bytes < END) {
            return Verdict.TRUNCATED;
        }
        if (Short.toUnsignedInt(in.getShort(at + FORMAT_VERSION)) != VERSION) {
            return Verdict.UNSUPPORTED_VERSION;
        }
        if (in.getInt(at + CRC32C) != crc.of(in, at, at + CRC32C)) {
            return Verdict.CRC_MISMATCH;
        }
        if (in.getInt(at + FEATURE_BITS) != 0
                || in.get(at + HASH_ID) != HASH_SHA256
                || in.get(at + ALIGNMENT_SHIFT) != SHIFT) {
            return Verdict.UNSUPPORTED_FEATURE;
        }
        boolean sense =
                in.getLong(at + SEGMENT) > 0
                        && in.getLong(at + START_SEQUENCE) > 0
                        && in.getLong(at + EPOCH) >= 0
                        && isZero(in, at + RESERVED, at + CRC32C);
        return sense ? Verdict.OK : Verdict.IMPOSSIBLE;
    }

    /** Reads a header that {@link #examine} found to be {@code OK}. */
    static SegmentHeader read(ByteBuffer in, int at) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        return new SegmentHeader(
                Short.toUnsignedInt(in.getShort(at + CODEC_VERSION)),
                Short.toUnsignedInt(in.getShort(at + APPLICATION_VERSION)),
                new UUID(in.getLong(at + LINEAGE), in.getLong(at + LINEAGE + Long.BYTES)),
                in.getLong(at + SEGMENT),
                in.getLong(at + START_SEQUENCE),
                in.getLong(at + EPOCH),
                in.getLong(at + TIME_NS),
                ChainHash.read(in, at + ANCHOR));
    }

    /** The version of a header that {@link #examine} found unsupported. */
    static int version(ByteBuffer in, int at) {
        return Short.toUnsignedInt(in.getShort(at + FORMAT_VERSION));
    }

    static boolean isZero(ByteBuffer in, int from, int toExclusive) {
        for (int i = from; i < toExclusive; i++) {
            if (in.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWithMagic(ByteBuffer in, int at, int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (in.get(at + i) != (byte) (MAGIC_VALUE >>> (i * Byte.SIZE))) {
                return false;
            }
        }
        return true;
    }
}
