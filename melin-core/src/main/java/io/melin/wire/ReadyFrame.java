package io.melin.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Requests are taken from now on. Offsets are those of the payload.
 *
 * <pre>
 * offset size field         meaning
 *      0    2 version       of the protocol, 1
 *      2    1 role          as Role numbers it
 *      3    1 reserved      0
 *      4    8 client        name space of the request numbers; 0: numbers are not remembered
 *     12    4 payloadMax    largest payload of a request in bytes
 *     16    4 window        requests in flight; more are read only when answers have left
 *     20    4 idleMs        a connection that sends nothing for so long is closed
 *     24    - end
 * </pre>
 */
public record ReadyFrame(Role role, long client, int payloadMax, int window, int idleMs) {
    static final int VERSION = 0;
    static final int ROLE = VERSION + Short.BYTES;
    static final int RESERVED = ROLE + Byte.BYTES;
    static final int CLIENT = RESERVED + Byte.BYTES;
    static final int PAYLOAD_MAX = CLIENT + Long.BYTES;
    static final int WINDOW = PAYLOAD_MAX + Integer.BYTES;
    static final int IDLE_MS = WINDOW + Integer.BYTES;
    static final int END = IDLE_MS + Integer.BYTES;

    /** Bytes of the whole frame. */
    public static final int FRAME_BYTES = ResponseFrame.PAYLOAD + END;

    /**
     * @throws IllegalArgumentException if a limit is none
     */
    public ReadyFrame {
        if (!isSane(payloadMax, window, idleMs)) {
            throw new IllegalArgumentException(
                    "a limit is too small: payloadMax=%d, window=%d, idleMs=%d"
                            .formatted(payloadMax, window, idleMs));
        }
    }

    private static boolean isSane(int payloadMax, int window, int idleMs) {
        return payloadMax >= 0 && window >= 1 && idleMs >= 1;
    }

    /** Writes {@link #FRAME_BYTES} at the position of a little-endian buffer. */
    public void write(ByteBuffer out) {
        ResponseFrame.begin(out, Tag.READY, END)
                .putShort((short) Transcript.VERSION)
                .put(role.number())
                .put((byte) 0)
                .putLong(client)
                .putInt(payloadMax)
                .putInt(window)
                .putInt(idleMs);
    }

    /** Reads a payload from position to limit; null if it is none, or of another version. */
    public static @Nullable ReadyFrame read(ByteBuffer payload) {
        int start = payload.position();
        if (payload.remaining() != END
                || payload.getShort(start + VERSION) != Transcript.VERSION
                || payload.get(start + RESERVED) != 0) {
            return null;
        }
        Role role = Role.of(payload.get(start + ROLE));
        int payloadMax = payload.getInt(start + PAYLOAD_MAX);
        int window = payload.getInt(start + WINDOW);
        int idleMs = payload.getInt(start + IDLE_MS);
        if (role == null || !isSane(payloadMax, window, idleMs)) {
            return null;
        }
        return new ReadyFrame(role, payload.getLong(start + CLIENT), payloadMax, window, idleMs);
    }
}
