package io.melin.wire;

import java.nio.ByteBuffer;

/**
 * The request is answered: whatever it caused came before this frame. Offsets are those of the
 * payload.
 *
 * <pre>
 * offset size field         meaning
 *      0    8 request       number of the request
 *      8    8 sequence      of the event, for a repeat the first; for a query the last before it
 *     16    8 timeNs        journaled time of that event, Unix epoch
 *     24    1 flags         1: the first outcome, repeated
 *     25    - end
 * </pre>
 */
public final class EndFrame {
    public static final int REQUEST = 0;
    public static final int SEQUENCE = REQUEST + Long.BYTES;
    public static final int TIME_NS = SEQUENCE + Long.BYTES;
    public static final int FLAGS = TIME_NS + Long.BYTES;
    public static final int END = FLAGS + Byte.BYTES;

    /** Flag: this repeats the first outcome of a request number. */
    public static final byte DUPLICATE = 1;

    /** Bytes of the whole frame. */
    public static final int FRAME_BYTES = ResponseFrame.PAYLOAD + END;

    private EndFrame() {}

    /** Whether a payload from position to limit is one. Total; allocates nothing. */
    public static boolean isValid(ByteBuffer payload) {
        if (payload.remaining() != END) {
            return false;
        }
        int start = payload.position();
        return payload.getLong(start + SEQUENCE) >= 0
                && (payload.get(start + FLAGS) & ~DUPLICATE) == 0;
    }

    /** Writes {@link #FRAME_BYTES} at the position of a little-endian buffer. */
    public static void write(
            ByteBuffer out, long request, long sequence, long timeNs, boolean isDuplicate) {
        ResponseFrame.begin(out, Tag.END, END)
                .putLong(request)
                .putLong(sequence)
                .putLong(timeNs)
                .put(isDuplicate ? DUPLICATE : 0);
    }
}
