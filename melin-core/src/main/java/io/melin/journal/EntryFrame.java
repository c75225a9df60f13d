package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;

/**
 * One event in a segment, a multiple of 8 bytes long. Little-endian.
 *
 * <pre>
 * offset size field      meaning
 *      0    4 totalBytes whole entry, checksum and padding included
 *      4    2 magic      0x4D4A
 *      6    1 kind       of the event
 *      7    1 bits       0-2 pad count, 3-4 id scheme, 5 gateway name space, 6-7 zero
 *      8    8 sequence   previous + 1
 *     16    8 timeNs     journaled time, Unix epoch
 *     24    8 idHigh     high word of the id
 *     32    8 idLow      low word of the id
 *     40    n payload    then 0 to 7 zero bytes of padding
 *  end-4    4 crc32c     of everything before it
 * </pre>
 *
 * <p>Eight zero bytes where an entry would begin are the end of the data. Alignment is not
 * cosmetic: sector and page boundaries are multiples of 8, so a torn write never splits the word of
 * length and magic, nor the checksum.
 */
final class EntryFrame {
    static final int TOTAL_BYTES = 0;
    static final int MAGIC = TOTAL_BYTES + Integer.BYTES;
    static final int KIND = MAGIC + Short.BYTES;
    static final int BITS = KIND + Byte.BYTES;
    static final int SEQUENCE = BITS + Byte.BYTES;
    static final int TIME_NS = SEQUENCE + Long.BYTES;
    static final int ID_HIGH = TIME_NS + Long.BYTES;
    static final int ID_LOW = ID_HIGH + Long.BYTES;
    static final int PAYLOAD = ID_LOW + Long.BYTES;

    /** At the end of the entry. */
    static final int CRC32C_BYTES = Integer.BYTES;

    static final int ALIGNMENT = 1 << SegmentHeader.SHIFT;
    static final short MAGIC_VALUE = 0x4D4A;

    /** What a format may hold; a node's own limit is lower. */
    static final int PAYLOAD_BYTES_MAX = 16 << 20;

    static final int TOTAL_BYTES_MIN = totalBytes(0);
    static final int TOTAL_BYTES_MAX = totalBytes(PAYLOAD_BYTES_MAX);

    private static final int PAD_MASK = ALIGNMENT - 1;
    private static final int SCHEME_SHIFT = 3;
    private static final int SCHEME_MASK = 7;
    private static final int RESERVED_MASK = 0xC0;

    private EntryFrame() {}

    /** Size of the entry of a payload, a multiple of 8. */
    static int totalBytes(int payloadBytes) {
        return (PAYLOAD + payloadBytes + CRC32C_BYTES + PAD_MASK) & -ALIGNMENT;
    }

    /**
     * Writes an entry at {@code at} into a little-endian buffer. Reads the payload's remaining
     * bytes and leaves its position.
     *
     * @return bytes written
     */
    static int write(ByteBuffer out, int at, EventHeader header, ByteBuffer payload, Crc32c crc) {
        int payloadBytes = payload.remaining();
        int total = totalBytes(payloadBytes);
        int pad = total - PAYLOAD - payloadBytes - CRC32C_BYTES;
        out.putInt(at + TOTAL_BYTES, total);
        out.putShort(at + MAGIC, MAGIC_VALUE);
        out.put(at + KIND, header.kind());
        out.put(at + BITS, (byte) (pad | header.idScheme() << SCHEME_SHIFT));
        out.putLong(at + SEQUENCE, header.sequence());
        out.putLong(at + TIME_NS, header.timeNs());
        out.putLong(at + ID_HIGH, header.idHigh());
        out.putLong(at + ID_LOW, header.idLow());
        out.put(at + PAYLOAD, payload, payload.position(), payloadBytes);
        for (int i = total - CRC32C_BYTES - pad; i < total - CRC32C_BYTES; i++) {
            out.put(at + i, (byte) 0);
        }
        int checksum = at + total - CRC32C_BYTES;
        out.putInt(checksum, crc.of(out, at, checksum));
        return total;
    }

    /**
     * Looks at the first 8 bytes only; {@code OK} if an entry of {@link #total} bytes may follow.
     */
    static EntryVerdict examineStart(ByteBuffer in, int at) {
        if (in.getLong(at) == 0) {
            return EntryVerdict.END_OF_DATA;
        }
        if (in.getShort(at + MAGIC) != MAGIC_VALUE) {
            return EntryVerdict.BAD_MAGIC;
        }
        int total = total(in, at);
        boolean possible =
                total >= TOTAL_BYTES_MIN && total <= TOTAL_BYTES_MAX && (total & PAD_MASK) == 0;
        return possible ? EntryVerdict.OK : EntryVerdict.BAD_LENGTH;
    }

    /** Looks at all of an entry whose start was found to be {@code OK}. */
    static EntryVerdict examineWhole(ByteBuffer in, int at, Crc32c crc) {
        int checksum = at + total(in, at) - CRC32C_BYTES;
        if (in.getInt(checksum) != crc.of(in, at, checksum)) {
            return EntryVerdict.CRC_MISMATCH;
        }
        int bits = in.get(at + BITS);
        if ((bits & RESERVED_MASK) != 0
                || payloadBytes(in, at) < 0
                || !isPaddingZero(in, checksum, bits & PAD_MASK)
                || in.getLong(at + SEQUENCE) <= 0) {
            return EntryVerdict.MALFORMED;
        }
        return examineKind(in, at);
    }

    /** The bytes before the checksum: less than a word of them, and an entry has several words. */
    private static boolean isPaddingZero(ByteBuffer in, int end, int pad) {
        return pad == 0 || in.getLong(end - Long.BYTES) >>> (Long.SIZE - pad * Byte.SIZE) == 0;
    }

    private static EntryVerdict examineKind(ByteBuffer in, int at) {
        byte kind = in.get(at + KIND);
        if (!EventKind.isKnown(kind)) {
            return EntryVerdict.UNKNOWN_KIND;
        }
        if (!IdScheme.isKnown(scheme(in.get(at + BITS)))) {
            return EntryVerdict.UNKNOWN_ID_SCHEME;
        }
        boolean exact =
                switch (kind) {
                    case EventKind.TICK -> payloadBytes(in, at) == 0;
                    case EventKind.EPOCH -> payloadBytes(in, at) == Long.BYTES;
                    default -> true;
                };
        return exact ? EntryVerdict.OK : EntryVerdict.BAD_PAYLOAD_LENGTH;
    }

    /** Copies all but the payload of an entry found to be {@code OK}. */
    static void read(ByteBuffer in, int at, EventHeader header) {
        header.event(in.get(at + KIND), in.getLong(at + SEQUENCE), in.getLong(at + TIME_NS))
                .id(scheme(in.get(at + BITS)), in.getLong(at + ID_HIGH), in.getLong(at + ID_LOW));
    }

    static int total(ByteBuffer in, int at) {
        return in.getInt(at + TOTAL_BYTES);
    }

    static int payloadBytes(ByteBuffer in, int at) {
        return total(in, at) - PAYLOAD - CRC32C_BYTES - (in.get(at + BITS) & PAD_MASK);
    }

    private static byte scheme(int bits) {
        return (byte) (bits >> SCHEME_SHIFT & SCHEME_MASK);
    }
}
