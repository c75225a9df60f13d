package io.melin.wire;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Raw Ed25519 keys for the platform's own signatures. Source: RFC 8032; the prefixes are those that
 * RFC 8410 puts before a raw key.
 */
public final class Ed25519 {
    public static final int KEY_BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;

    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE_PREFIX =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    /**
     * Points of order 1, 2, 4 and 8, without the sign of x: the platform takes them as keys, and
     * anyone can sign for them. The one of zeros is what a forgotten key looks like.
     */
    private static final Set<String> SMALL_ORDERS =
            Set.of(
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    private Ed25519() {}

    /**
     * A key that can sign. As text it is the Base64 of 64 bytes: the private seed, then the public
     * key, since the platform derives neither from the other.
     */
    public static final class SigningKey {
        private final PrivateKey seed;
        private final byte[] publicKey;

        private SigningKey(PrivateKey seed, byte[] publicKey) {
            this.seed = seed;
            this.publicKey = publicKey;
        }

        /** A new random key. */
        public static SigningKey generate() {
            try {
                KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                return new SigningKey(pair.getPrivate(), tail(pair.getPublic().getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has Ed25519", e);
            }
        }

        /**
         * The key of a text.
         *
         * @throws IllegalArgumentException if it is none, or its two halves do not belong together
         */
        public static SigningKey parse(String text) {
            byte[] both = decoded(text.strip());
            byte[] publicKey = Arrays.copyOfRange(both, KEY_BYTES, both.length);
            SigningKey key = new SigningKey(privateKey(Arrays.copyOf(both, KEY_BYTES)), publicKey);
            byte[] probe = {1};
            if (!verify(publicKey, probe, key.sign(probe))) {
                throw new IllegalArgumentException(
                        "the halves of the signing key do not belong together; make a new pair");
            }
            return key;
        }

        private static byte[] decoded(String text) {
            byte[] both;
            try {
                both = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "a signing key is the Base64 of 64 bytes, seed and public key:"
                                + " this is not Base64",
                        e);
            }
            if (both.length != 2 * KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a signing key is the Base64 of 64 bytes, seed and public key: bytes="
                                + both.length);
            }
            return both;
        }

        /** Raw, a copy. */
        public byte[] publicKey() {
            return publicKey.clone();
        }

        /** The signature of a message, {@link #SIGNATURE_BYTES}. */
        public byte[] sign(byte[] message) {
            try {
                Signature signature = Signature.getInstance(ALGORITHM);
                signature.initSign(seed);
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("signing failed", e);
            }
        }

        /** As {@link #parse} takes it: a secret. */
        public String toText() {
            byte[] both = Arrays.copyOf(tail(seed.getEncoded()), 2 * KEY_BYTES);
            System.arraycopy(publicKey, 0, both, KEY_BYTES, KEY_BYTES);
            return Base64.getEncoder().encodeToString(both);
        }
    }

    /** Whether a signature is that of a raw public key. Total: any bytes give an answer. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        Signature verifier = verifier(publicKey);
        if (verifier == null || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // the bytes are no point, or no scalar in range
        }
    }

    /** Whether bytes are a raw public key that one private key belongs to. Total. */
    public static boolean isPublicKey(byte[] bytes) {
        return verifier(bytes) != null;
    }

    private static @Nullable Signature verifier(byte[] raw) {
        if (raw.length != KEY_BYTES || isOfSmallOrder(raw)) {
            return null;
        }
        try {
            PublicKey key =
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePublic(new X509EncodedKeySpec(join(PUBLIC_PREFIX, raw)));
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            return verifier;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static boolean isOfSmallOrder(byte[] raw) {
        byte[] y = raw.clone();
        y[KEY_BYTES - 1] &= 0x7F;
        return SMALL_ORDERS.contains(HexFormat.of().formatHex(y));
    }

    private static PrivateKey privateKey(byte[] raw) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(join(PRIVATE_PREFIX, raw)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the seed is no Ed25519 key", e);
        }
    }

    private static byte[] tail(byte @Nullable [] encoded) {
        Objects.requireNonNull(encoded, "keys of this platform have an encoded form");
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
