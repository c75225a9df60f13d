package io.melin.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a client signs: everything that tells this log-in from any other, little-endian.
 *
 * <pre>
 * offset size field         meaning
 *      0   16 context       "melin-gateway-v1"
 *     16    2 version       of the protocol, 1
 *     18   32 nonce         the server's
 *     50   32 clientNonce   the client's
 *     82   32 publicKey     raw
 *    114    4 lane          as sent
 *    118    1 serverBytes   length of the server's name
 *    119    n server        its name in UTF-8
 * </pre>
 */
public final class Transcript {
    /** Of the protocol. */
    public static final int VERSION = 1;

    public static final int NONCE_BYTES = 32;
    public static final int SERVER_BYTES_MAX = 64;

    private static final byte[] CONTEXT = "melin-gateway-v1".getBytes(StandardCharsets.US_ASCII);
    private static final int SERVER = 119;
    private static final int VERSION_MAX = 0xFFFF;

    private Transcript() {}

    static void checkNonce(byte[] nonce) {
        checkLength("a nonce", nonce, NONCE_BYTES);
    }

    static void checkKey(byte[] publicKey) {
        checkLength("a public key", publicKey, Ed25519.KEY_BYTES);
    }

    static void checkSignature(byte[] signature) {
        checkLength("a signature", signature, Ed25519.SIGNATURE_BYTES);
    }

    static void checkVersion(int version) {
        if (version < 0 || version > VERSION_MAX) {
            throw new IllegalArgumentException("no version of a protocol: version=" + version);
        }
    }

    private static void checkLength(String what, byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(
                    what + " has " + length + " bytes: bytes=" + bytes.length);
        }
    }

    /** The bytes to sign or verify. */
    public static byte[] of(
            ChallengeFrame challenge, byte[] clientNonce, byte[] publicKey, int lane) {
        checkNonce(clientNonce);
        checkKey(publicKey);
        byte[] server = challenge.server().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(SERVER + server.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(CONTEXT)
                .putShort((short) challenge.version())
                .put(challenge.nonce())
                .put(clientNonce)
                .put(publicKey)
                .putInt(lane)
                .put((byte) server.length)
                .put(server);
        return bytes.array();
    }

    /**
     * The client that a key is: the first 8 bytes, big-endian, of the SHA-256 of the raw key, which
     * the lane follows (4 bytes, little-endian) unless it is 0. Never 0.
     */
    public static long client(byte[] publicKey, int lane) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(publicKey);
            if (lane != 0) {
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(0, lane));
            }
            long client = ByteBuffer.wrap(digest.digest()).getLong();
            return client == 0 ? 1 : client;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
