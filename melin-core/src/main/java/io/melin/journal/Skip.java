package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One entry that an operator wants never to be applied, named so that no other can be meant. It is
 * journaled as the payload of an entry of kind {@code SKIP}, little-endian:
 *
 * <pre>
 * offset size field
 *      0    8 sequence  of the entry that is skipped
 *      8   32 hash      SHA-256 of all its bytes, as they are in the journal
 * </pre>
 *
 * @param sequence of the entry, 1 or more
 */
public record Skip(long sequence, ChainHash hash) {
    public static final int PAYLOAD_BYTES = Long.BYTES + ChainHash.BYTES;

    /**
     * @throws IllegalArgumentException if the sequence is not positive
     */
    public Skip {
        if (sequence < 1) {
            throw new IllegalArgumentException(
                    "skip must name an entry, sequence 1 or more: sequence=" + sequence);
        }
    }

    /**
     * Names an entry.
     *
     * @param payload between position and limit; left as it was
     */
    public static Skip of(EventHeader header, ByteBuffer payload) {
        ByteBuffer frame = ByteBuffer.allocate(EntryFrame.totalBytes(payload.remaining()));
        int bytes = EntryFrame.write(frame, 0, header, payload.duplicate(), new Crc32c());
        return new Skip(header.sequence(), sha256(frame.position(0).limit(bytes)));
    }

    private static ChainHash sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return ChainHash.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads {@code sequence:hash}, as a refusal prints it.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Skip parse(String text) {
        int colon = text.indexOf(':');
        try {
            long sequence = Long.parseLong(text.substring(0, Math.max(0, colon)));
            byte[] hash = HexFormat.of().parseHex(text.substring(colon + 1));
            if (hash.length == ChainHash.BYTES) {
                return new Skip(sequence, ChainHash.of(hash));
            }
        } catch (IllegalArgumentException e) {
            // Said below, with the text.
        }
        throw new IllegalArgumentException(
                "must be <sequence>:<64 hexadecimal digits>, as the failed start prints it: "
                        + text);
    }

    /** The payload of an entry of kind {@code SKIP}. */
    public ByteBuffer payload() {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        payload.putLong(0, sequence);
        hash.write(payload, Long.BYTES);
        return payload;
    }

    /** Reads what {@link #payload} wrote; leaves the buffer as it was. */
    public static Skip read(ByteBuffer payload) {
        ByteBuffer in = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = in.position();
        return new Skip(in.getLong(at), ChainHash.read(in, at + Long.BYTES));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return sequence + ":" + hash;
    }
}
