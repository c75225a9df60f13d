package io.melin.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the server sends, little-endian. Answers come in the order of the requests of a connection;
 * every request ends in exactly one {@link EndFrame}, {@link ErrorFrame} or {@link BusyFrame}.
 *
 * <pre>
 * offset size field         meaning
 *      0    4 length        of what follows, 1 or more
 *      4    1 tag           what the payload is
 *      5    n payload       as the tag says
 * </pre>
 */
public final class ResponseFrame {
    public static final int LENGTH = 0;
    public static final int TAG = LENGTH + Integer.BYTES;
    public static final int PAYLOAD = TAG + Byte.BYTES;

    /** What {@link #LENGTH} counts of a frame without a payload. */
    public static final int BODY_BYTES_MIN = PAYLOAD - TAG;

    private ResponseFrame() {}

    /** Writes all but the payload, at the position of a little-endian buffer. */
    public static ByteBuffer begin(ByteBuffer out, byte tag, int payloadBytes) {
        assert out.order() == ByteOrder.LITTLE_ENDIAN : "frames are little-endian";
        return out.putInt(BODY_BYTES_MIN + payloadBytes).put(tag);
    }
}
