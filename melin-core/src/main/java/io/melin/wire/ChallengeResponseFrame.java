package io.melin.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer to a challenge. Offsets are those of the payload.
 *
 * <pre>
 * offset size field         meaning
 *      0   64 signature     Ed25519, of the transcript
 *     64   32 publicKey     raw
 *     96   32 clientNonce   random, never used twice
 *    128    2 version       of the protocol, 1
 *    130    4 lane          0, or which of several connections with one key this is
 *    134    - end
 * </pre>
 *
 * @param signature 64 bytes, not copied
 * @param publicKey 32 bytes, not copied
 * @param clientNonce 32 bytes, not copied
 */
public record ChallengeResponseFrame(
        byte[] signature, byte[] publicKey, byte[] clientNonce, int version, int lane) {
    static final int SIGNATURE = 0;
    static final int PUBLIC_KEY = SIGNATURE + Ed25519.SIGNATURE_BYTES;
    static final int CLIENT_NONCE = PUBLIC_KEY + Ed25519.KEY_BYTES;
    static final int VERSION = CLIENT_NONCE + Transcript.NONCE_BYTES;
    static final int LANE = VERSION + Short.BYTES;
    static final int END = LANE + Integer.BYTES;

    /** Bytes of the whole frame. */
    public static final int FRAME_BYTES = RequestFrame.PAYLOAD + END;

    /**
     * @throws IllegalArgumentException if a field does not fit into the frame
     */
    public ChallengeResponseFrame {
        Transcript.checkSignature(signature);
        Transcript.checkKey(publicKey);
        Transcript.checkNonce(clientNonce);
        Transcript.checkVersion(version);
    }

    /** Writes {@link #FRAME_BYTES} at the position of a little-endian buffer. */
    public void write(ByteBuffer out) {
        RequestFrame.begin(out, 0, Tag.CHALLENGE_RESPONSE, END)
                .put(signature)
                .put(publicKey)
                .put(clientNonce)
                .putShort((short) version)
                .putInt(lane);
    }

    /** Reads a payload from position to limit; null if it is none. */
    public static @Nullable ChallengeResponseFrame read(ByteBuffer payload) {
        int start = payload.position();
        if (payload.remaining() != END) {
            return null;
        }
        byte[] signature = new byte[Ed25519.SIGNATURE_BYTES];
        byte[] publicKey = new byte[Ed25519.KEY_BYTES];
        byte[] clientNonce = new byte[Transcript.NONCE_BYTES];
        payload.get(start + SIGNATURE, signature)
                .get(start + PUBLIC_KEY, publicKey)
                .get(start + CLIENT_NONCE, clientNonce);
        int version = Short.toUnsignedInt(payload.getShort(start + VERSION));
        return new ChallengeResponseFrame(
                signature, publicKey, clientNonce, version, payload.getInt(start + LANE));
    }
}
