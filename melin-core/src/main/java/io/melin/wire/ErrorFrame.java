package io.melin.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The request ends here without an answer, or the connection does. The same request would fare no
 * better here. Only {@link Code#REJECTED} has a sequence, a time and flags. Offsets are those of
 * the payload.
 *
 * <pre>
 * offset size field         meaning
 *      0    8 request       number of the request; 0 if the code ends the connection
 *      8    1 code          as Code numbers it
 *      9    8 sequence      of the event that was rejected, else 0
 *     17    8 timeNs        its journaled time, else 0
 *     25    1 flags         1: the first outcome, repeated
 *     26    n text          UTF-8: what to do, a rejection's reason, the primary's address
 * </pre>
 */
public final class ErrorFrame {
    public static final int REQUEST = 0;
    public static final int CODE = REQUEST + Long.BYTES;
    public static final int SEQUENCE = CODE + Byte.BYTES;
    public static final int TIME_NS = SEQUENCE + Long.BYTES;
    public static final int FLAGS = TIME_NS + Long.BYTES;
    public static final int TEXT = FLAGS + Byte.BYTES;

    /** Longest text in bytes. */
    public static final int TEXT_BYTES_MAX = 1_024;

    /** Bytes of the whole frame without its text. */
    public static final int FRAME_BYTES_MIN = ResponseFrame.PAYLOAD + TEXT;

    private ErrorFrame() {}

    /**
     * Whether a payload from position to limit is one. Total; allocates nothing. What it says in
     * words is {@link #text(ByteBuffer)}.
     */
    public static boolean isValid(ByteBuffer payload) {
        if (payload.remaining() < TEXT || payload.remaining() > TEXT + TEXT_BYTES_MAX) {
            return false;
        }
        int start = payload.position();
        Code code = Code.of(payload.get(start + CODE));
        if (code == null || code.isSentAsBusy()) {
            return false;
        }
        long sequence = payload.getLong(start + SEQUENCE);
        byte flags = payload.get(start + FLAGS);
        if (code == Code.REJECTED) {
            return sequence > 0 && (flags & ~EndFrame.DUPLICATE) == 0;
        }
        return sequence == 0
                && payload.getLong(start + TIME_NS) == 0
                && flags == 0
                && (!code.endsConnection() || payload.getLong(start + REQUEST) == 0);
    }

    /** The text of a valid payload; what is not UTF-8 in it is replaced. */
    public static String text(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining() - TEXT];
        payload.get(payload.position() + TEXT, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes all but the text, at the position of a little-endian buffer; allocates nothing. */
    public static ByteBuffer begin(ByteBuffer out, long request, Code code, int textBytes) {
        return head(out, request, code, textBytes).putLong(0).putLong(0).put((byte) 0);
    }

    /** As {@link #begin}, of an event that the application rejected. */
    public static ByteBuffer beginRejected(
            ByteBuffer out,
            long request,
            long sequence,
            long timeNs,
            boolean isDuplicate,
            int textBytes) {
        return head(out, request, Code.REJECTED, textBytes)
                .putLong(sequence)
                .putLong(timeNs)
                .put(isDuplicate ? EndFrame.DUPLICATE : 0);
    }

    private static ByteBuffer head(ByteBuffer out, long request, Code code, int textBytes) {
        return ResponseFrame.begin(out, Tag.ERROR, TEXT + textBytes)
                .putLong(request)
                .put(code.number());
    }

    /** Text as bytes, cut at a whole character. */
    public static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, TEXT_BYTES_MAX);
        while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
