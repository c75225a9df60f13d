package io.melin.snapshot;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The first bytes of a snapshot: of which journal it is, and of which point. Little-endian.
 *
 * <pre>
 * offset size field              meaning
 *      0    8 magic              "MLNSNAP1"
 *      8    2 formatVersion      1
 *     10    1 hashId             1: SHA-256
 *     11    1 reserved1          0
 *     12    4 featureBits        0; an unknown bit is refused
 *     16   16 lineage            of the journal; high word, low word
 *     32    8 sequence           of the last event in the state, 0 for none
 *     40    8 epoch              highest up to that event
 *     48    8 timeNs             highest journaled time up to that event
 *     56   32 chain              hash of its segment's entries up to that event
 *     88    2 codecVersion       of the application's event codec
 *     90    2 applicationVersion of the application's state and behaviour
 *     92    2 reportVersion      of the codec of the reports that are remembered for repeats
 *     94   30 reserved2          0
 *    124    4 crc32c             of bytes [0, 124)
 *    128    - end
 * </pre>
 *
 * <p>Judged in this order: magic, checksum, version, features, sense. The checksum keeps its place
 * in all versions, so a flipped bit is never taken for a newer version.
 */
public record SnapshotHeader(
        UUID lineage,
        long sequence,
        long epoch,
        long timeNs,
        ChainHash chain,
        SnapshotVersions versions) {

    static final int MAGIC = 0;
    static final int FORMAT_VERSION = MAGIC + Long.BYTES;
    static final int HASH_ID = FORMAT_VERSION + Short.BYTES;
    static final int RESERVED1 = HASH_ID + Byte.BYTES;
    static final int FEATURE_BITS = RESERVED1 + Byte.BYTES;
    static final int LINEAGE = FEATURE_BITS + Integer.BYTES;
    static final int SEQUENCE = LINEAGE + 2 * Long.BYTES;
    static final int EPOCH = SEQUENCE + Long.BYTES;
    static final int TIME_NS = EPOCH + Long.BYTES;
    static final int CHAIN = TIME_NS + Long.BYTES;
    static final int CODEC_VERSION = CHAIN + ChainHash.BYTES;
    static final int APPLICATION_VERSION = CODEC_VERSION + Short.BYTES;
    static final int REPORT_VERSION = APPLICATION_VERSION + Short.BYTES;
    static final int RESERVED2 = REPORT_VERSION + Short.BYTES;
    static final int CRC32C = RESERVED2 + 30;
    static final int END = CRC32C + Integer.BYTES;

    /** "MLNSNAP1" in memory order. */
    static final long MAGIC_VALUE = 0x3150_414E_534E_4C4DL;

    static final int VERSION = 1;
    static final int HASH_SHA256 = 1;

    /** What a look at any bytes says. */
    enum Verdict {
        OK,
        NOT_A_SNAPSHOT,
        CRC_MISMATCH,
        UNSUPPORTED_VERSION,
        UNSUPPORTED_FEATURE,
        /** Checksum good, content impossible. */
        IMPOSSIBLE,
        /** Ends before {@link #END}. */
        TRUNCATED
    }

    /** Writes 128 bytes at index 0. */
    void write(ByteBuffer out, Crc32c crc) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < END; i++) {
            out.put(i, (byte) 0);
        }
        out.putLong(MAGIC, MAGIC_VALUE);
        out.putShort(FORMAT_VERSION, (short) VERSION);
        out.put(HASH_ID, (byte) HASH_SHA256);
        out.putLong(LINEAGE, lineage.getMostSignificantBits());
        out.putLong(LINEAGE + Long.BYTES, lineage.getLeastSignificantBits());
        out.putLong(SEQUENCE, sequence);
        out.putLong(EPOCH, epoch);
        out.putLong(TIME_NS, timeNs);
        chain.write(out, CHAIN);
        out.putShort(CODEC_VERSION, (short) versions.events());
        out.putShort(APPLICATION_VERSION, (short) versions.application());
        out.putShort(REPORT_VERSION, (short) versions.reports());
        out.putInt(CRC32C, crc.of(out, 0, CRC32C));
    }

    /** Looks at the bytes from index 0 to the limit. */
    static Verdict examine(ByteBuffer in, Crc32c crc) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        if (!startsWithMagic(in)) {
            return Verdict.NOT_A_SNAPSHOT;
        }
        if (in.limit() < END) {
            return Verdict.TRUNCATED;
        }
        if (in.getInt(CRC32C) != crc.of(in, 0, CRC32C)) {
            return Verdict.CRC_MISMATCH;
        }
        if (version(in) != VERSION) {
            return Verdict.UNSUPPORTED_VERSION;
        }
        if (in.getInt(FEATURE_BITS) != 0 || in.get(HASH_ID) != HASH_SHA256) {
            return Verdict.UNSUPPORTED_FEATURE;
        }
        boolean sense =
                in.getLong(SEQUENCE) >= 0
                        && in.getLong(EPOCH) >= 0
                        && in.get(RESERVED1) == 0
                        && isZero(in, RESERVED2, CRC32C);
        return sense ? Verdict.OK : Verdict.IMPOSSIBLE;
    }

    /** Reads a header that {@link #examine} found to be {@code OK}. */
    static SnapshotHeader read(ByteBuffer in) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        return new SnapshotHeader(
                new UUID(in.getLong(LINEAGE), in.getLong(LINEAGE + Long.BYTES)),
                in.getLong(SEQUENCE),
                in.getLong(EPOCH),
                in.getLong(TIME_NS),
                ChainHash.read(in, CHAIN),
                new SnapshotVersions(
                        Short.toUnsignedInt(in.getShort(APPLICATION_VERSION)),
                        Short.toUnsignedInt(in.getShort(CODEC_VERSION)),
                        Short.toUnsignedInt(in.getShort(REPORT_VERSION))));
    }

    /** The version of a header whose checksum is good. */
    static int version(ByteBuffer in) {
        return Short.toUnsignedInt(in.getShort(FORMAT_VERSION));
    }

    private static boolean startsWithMagic(ByteBuffer in) {
        int bytes = Math.min(in.limit(), Long.BYTES);
        for (int i = 0; i < bytes; i++) {
            if (in.get(i) != (byte) (MAGIC_VALUE >>> (i * Byte.SIZE))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(ByteBuffer in, int from, int toExclusive) {
        for (int i = from; i < toExclusive; i++) {
            if (in.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
