package io.melin.wire;

import java.nio.ByteBuffer;

/**
 * Who a client says it is, where authentication is off; answered by a second {@link ReadyFrame}.
 * Legal before the first request. Offsets are those of the payload.
 *
 * <pre>
 * offset size field         meaning
 *      0    8 client        name space of the request numbers, not 0
 *      8    - end
 * </pre>
 */
public final class IdentifyFrame {
    public static final int CLIENT = 0;
    public static final int END = CLIENT + Long.BYTES;

    /** Bytes of the whole frame. */
    public static final int FRAME_BYTES = RequestFrame.PAYLOAD + END;

    private IdentifyFrame() {}

    /** Writes {@link #FRAME_BYTES} at the position of a little-endian buffer. */
    public static void write(ByteBuffer out, long client) {
        RequestFrame.begin(out, 0, Tag.IDENTIFY, END).putLong(client);
    }

    /** The client of a payload from position to limit; 0 if it is none. */
    public static long client(ByteBuffer payload) {
        return payload.remaining() == END ? payload.getLong(payload.position() + CLIENT) : 0;
    }
}
