package io.melin.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole stream cut into frames, the dumb way: what {@link FrameAssembler} must agree with.
 *
 * @param rest bytes behind the last frame
 * @param isInvalid whether the rest begins with a length that can never become a frame
 */
record NaiveFrames(List<byte[]> bodies, int rest, boolean isInvalid) {

    static NaiveFrames of(byte[] stream, int bodyBytesMax) {
        List<byte[]> bodies = new ArrayList<>();
        int at = 0;
        while (stream.length - at >= 4) {
            long length = 0;
            for (int i = 3; i >= 0; i--) {
                length = length << 8 | Byte.toUnsignedInt(stream[at + i]);
            }
            if (length == 0 || length > bodyBytesMax) {
                return new NaiveFrames(bodies, stream.length - at, true);
            }
            if (stream.length - at - 4 < length) {
                break;
            }
            bodies.add(Arrays.copyOfRange(stream, at + 4, at + 4 + (int) length));
            at += 4 + (int) length;
        }
        return new NaiveFrames(bodies, stream.length - at, false);
    }
}
