package io.melin.wire;

import java.nio.ByteBuffer;

/**
 * The request was surely not applied; the same request can succeed later. For request 0 with {@link
 * Code#CONNECTIONS} the connection was not taken, and ends. Offsets are those of the payload.
 *
 * <pre>
 * offset size field         meaning
 *      0    8 request       number of the request
 *      8    1 code          as Code numbers it
 *      9    - end
 * </pre>
 */
public final class BusyFrame {
    public static final int REQUEST = 0;
    public static final int CODE = REQUEST + Long.BYTES;
    public static final int END = CODE + Byte.BYTES;

    /** Bytes of the whole frame. */
    public static final int FRAME_BYTES = ResponseFrame.PAYLOAD + END;

    private BusyFrame() {}

    /** Whether a payload from position to limit is one. Total; allocates nothing. */
    public static boolean isValid(ByteBuffer payload) {
        if (payload.remaining() != END) {
            return false;
        }
        int start = payload.position();
        Code code = Code.of(payload.get(start + CODE));
        return code != null
                && code.isSentAsBusy()
                && (!code.endsConnection() || payload.getLong(start + REQUEST) == 0);
    }

    /** Writes {@link #FRAME_BYTES} at the position of a little-endian buffer. */
    public static void write(ByteBuffer out, long request, Code code) {
        ResponseFrame.begin(out, Tag.BUSY, END).putLong(request).put(code.number());
    }
}
