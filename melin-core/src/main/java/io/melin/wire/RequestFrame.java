package io.melin.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a client sends, little-endian.
 *
 * <pre>
 * offset size field         meaning
 *      0    4 length        of what follows, 9 or more
 *      4    8 request       number of the request; 0: none, as in frames of the session
 *     12    1 tag           what the payload is
 *     13    n payload       as the tag says
 * </pre>
 */
public final class RequestFrame {
    public static final int LENGTH = 0;
    public static final int REQUEST = LENGTH + Integer.BYTES;
    public static final int TAG = REQUEST + Long.BYTES;
    public static final int PAYLOAD = TAG + Byte.BYTES;

    /** What {@link #LENGTH} counts of a frame without a payload. */
    public static final int BODY_BYTES_MIN = PAYLOAD - REQUEST;

    private RequestFrame() {}

    /** Writes all but the payload, at the position of a little-endian buffer. */
    public static ByteBuffer begin(ByteBuffer out, long request, byte tag, int payloadBytes) {
        assert out.order() == ByteOrder.LITTLE_ENDIAN : "frames are little-endian";
        return out.putInt(BODY_BYTES_MIN + payloadBytes).putLong(request).put(tag);
    }
}
