package io.melin.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The server's first frame where authentication is on. Offsets are those of the payload.
 *
 * <pre>
 * offset size field         meaning
 *      0   32 nonce         random, never used twice
 *     32    2 version       of the protocol, 1
 *     34    1 serverBytes   length of the server's name, 1 to 64
 *     35    n server        its name in UTF-8, part of what is signed
 * </pre>
 *
 * @param nonce 32 bytes, not copied
 */
public record ChallengeFrame(byte[] nonce, int version, String server) {
    static final int NONCE = 0;
    static final int VERSION = NONCE + Transcript.NONCE_BYTES;
    static final int SERVER_BYTES = VERSION + Short.BYTES;
    static final int SERVER = SERVER_BYTES + Byte.BYTES;

    /** Bytes of the whole frame with the longest name. */
    public static final int FRAME_BYTES_MAX =
            ResponseFrame.PAYLOAD + SERVER + Transcript.SERVER_BYTES_MAX;

    /**
     * @throws IllegalArgumentException if a field does not fit into the frame
     */
    public ChallengeFrame {
        Transcript.checkNonce(nonce);
        int nameBytes = server.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes < 1 || nameBytes > Transcript.SERVER_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the server's name must have 1 to 64 bytes of UTF-8: bytes=" + nameBytes);
        }
        Transcript.checkVersion(version);
    }

    /** Writes the whole frame at the position of a little-endian buffer. */
    public void write(ByteBuffer out) {
        byte[] name = server.getBytes(StandardCharsets.UTF_8);
        ResponseFrame.begin(out, Tag.CHALLENGE, SERVER + name.length)
                .put(nonce)
                .putShort((short) version)
                .put((byte) name.length)
                .put(name);
    }

    /** Reads a payload from position to limit; null if it is none. */
    public static @Nullable ChallengeFrame read(ByteBuffer payload) {
        int start = payload.position();
        if (payload.remaining() <= SERVER) {
            return null;
        }
        int nameBytes = payload.get(start + SERVER_BYTES);
        if (nameBytes < 1
                || nameBytes > Transcript.SERVER_BYTES_MAX
                || payload.remaining() != SERVER + nameBytes) {
            return null;
        }
        byte[] nonce = new byte[Transcript.NONCE_BYTES];
        byte[] name = new byte[nameBytes];
        payload.get(start + NONCE, nonce).get(start + SERVER, name);
        String server = new String(name, StandardCharsets.UTF_8);
        if (!Arrays.equals(server.getBytes(StandardCharsets.UTF_8), name)) {
            return null; // not UTF-8: what we would sign is not what was sent
        }
        int version = Short.toUnsignedInt(payload.getShort(start + VERSION));
        return new ChallengeFrame(nonce, version, server);
    }
}
