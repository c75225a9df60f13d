package io.melin.journal;

import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How far a completed sync is known to have reached. Two slots, each at the head of a page of its
 * own, are written in turn. Little-endian.
 *
 * <pre>
 * offset size field           meaning
 *      0    8 magic           "MLNWTMK1"
 *      8    8 generation      1, 2, 3 ...; an odd one is in the second slot
 *     16    8 durableSequence last entry below durableEnd, startSequence - 1 for none
 *     24    8 durableEnd      every byte of the file below it was on stable media
 *     32    8 startSequence   of the segment
 *     40   20 reserved        0
 *     60    4 crc32c          of bytes [0, 60)
 *     64    - end
 * </pre>
 *
 * <p>A slot of zeros says nothing, which is the state of a new segment. The rest of its page is
 * zero.
 */
record WatermarkSlot(long generation, long durableSequence, long durableEnd, long startSequence) {

    static final int MAGIC = 0;
    static final int GENERATION = MAGIC + Long.BYTES;
    static final int DURABLE_SEQUENCE = GENERATION + Long.BYTES;
    static final int DURABLE_END = DURABLE_SEQUENCE + Long.BYTES;
    static final int START_SEQUENCE = DURABLE_END + Long.BYTES;
    static final int RESERVED = START_SEQUENCE + Long.BYTES;
    static final int CRC32C = RESERVED + 20;
    static final int END = CRC32C + Integer.BYTES;

    /** "MLNWTMK1" in memory order. */
    static final long MAGIC_VALUE = 0x314B_4D54_574E_4C4DL;

    /** What a look at any bytes says. */
    enum Verdict {
        OK,
        /** Never written. */
        BLANK,
        /** A write was cut, or the bytes rotted, or they make no sense. */
        INVALID
    }

    /** 0 or 1: the slot that a generation belongs into. */
    static int index(long generation) {
        return (int) (generation & 1);
    }

    /** Offset of a slot in the file. */
    static int offset(int index) {
        return SegmentHeader.WATERMARK_PAGES + index * SegmentHeader.PAGE_BYTES;
    }

    /** Writes 64 bytes at {@code at}; allocates nothing. */
    static void write(ByteBuffer out, int at, long generation, SegmentTip tip, Crc32c crc) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(at + MAGIC, MAGIC_VALUE);
        out.putLong(at + GENERATION, generation);
        out.putLong(at + DURABLE_SEQUENCE, tip.sequence());
        out.putLong(at + DURABLE_END, tip.end());
        out.putLong(at + START_SEQUENCE, tip.startSequence());
        for (int i = RESERVED; i < CRC32C; i++) {
            out.put(at + i, (byte) 0);
        }
        out.putInt(at + CRC32C, crc.of(out, at, at + CRC32C));
    }

    /** Looks at the page at {@code at} as slot {@code index} of a segment. */
    static Verdict examine(ByteBuffer in, int at, int index, Crc32c crc) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        if (SegmentHeader.isZero(in, at, at + SegmentHeader.PAGE_BYTES)) {
            return Verdict.BLANK;
        }
        if (in.getLong(at + MAGIC) != MAGIC_VALUE
                || in.getInt(at + CRC32C) != crc.of(in, at, at + CRC32C)) {
            return Verdict.INVALID;
        }
        WatermarkSlot slot = read(in, at);
        boolean sense =
                slot.generation > 0
                        && index(slot.generation) == index
                        && slot.startSequence > 0
                        && slot.durableSequence >= slot.startSequence - 1
                        && slot.durableEnd >= SegmentHeader.ENTRIES
                        && (slot.durableEnd & (EntryFrame.ALIGNMENT - 1)) == 0
                        && SegmentHeader.isZero(in, at + RESERVED, at + CRC32C)
                        && SegmentHeader.isZero(in, at + END, at + SegmentHeader.PAGE_BYTES);
        return sense ? Verdict.OK : Verdict.INVALID;
    }

    /** Reads a slot that {@link #examine} found to be {@code OK}. */
    static WatermarkSlot read(ByteBuffer in, int at) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        return new WatermarkSlot(
                in.getLong(at + GENERATION),
                in.getLong(at + DURABLE_SEQUENCE),
                in.getLong(at + DURABLE_END),
                in.getLong(at + START_SEQUENCE));
    }
}
