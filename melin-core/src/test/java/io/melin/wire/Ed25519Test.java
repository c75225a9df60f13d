package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.Seeds;
import io.melin.wire.Ed25519.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
    static final List<Vectors> VECTORS = Vectors.ALL;
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @FieldSource("VECTORS")
    void signsAndVerifiesAsTheStandardSays(Vectors vector) {
        assertThat(vector.key().sign(vector.message())).isEqualTo(vector.signature());
        assertThat(Ed25519.verify(vector.publicKey(), vector.message(), vector.signature()))
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("VECTORS")
    void seesAnyFlippedBitOfSignatureKeyAndMessage(Vectors vector) {
        for (int bit = 0; bit < Ed25519.SIGNATURE_BYTES * Byte.SIZE; bit++) {
            byte[] signature = flipped(vector.signature(), bit);
            assertThat(Ed25519.verify(vector.publicKey(), vector.message(), signature)).isFalse();
        }
        for (int bit = 0; bit < Ed25519.KEY_BYTES * Byte.SIZE; bit++) {
            byte[] key = flipped(vector.publicKey(), bit);
            assertThat(Ed25519.verify(key, vector.message(), vector.signature())).isFalse();
        }
        for (int bit = 0; bit < vector.message().length * Byte.SIZE; bit++) {
            byte[] message = flipped(vector.message(), bit);
            assertThat(Ed25519.verify(vector.publicKey(), message, vector.signature())).isFalse();
        }
    }

    @Test
    void refusesTheSignatureOfAnotherKeyOrMessage() {
        SigningKey key = SigningKey.generate();
        byte[] signature = key.sign(MESSAGE);

        assertThat(Ed25519.verify(key.publicKey(), MESSAGE, signature)).isTrue();
        assertThat(Ed25519.verify(SigningKey.generate().publicKey(), MESSAGE, signature)).isFalse();
        assertThat(Ed25519.verify(key.publicKey(), new byte[0], signature)).isFalse();
    }

    /** s + L verifies where s is not checked: one signature would have two forms. */
    @Test
    void refusesTheSecondFormOfASignature() {
        Vectors vector = VECTORS.get(1);
        byte[] order =
                HexFormat.of()
                        .parseHex(
                                "edd3f55c1a631258d69cf7a2def9de14"
                                        + "00000000000000000000000000000010");
        byte[] other = vector.signature().clone();
        int carry = 0;
        for (int i = 0; i < order.length; i++) {
            int sum = Byte.toUnsignedInt(other[32 + i]) + Byte.toUnsignedInt(order[i]) + carry;
            other[32 + i] = (byte) sum;
            carry = sum >> 8;
        }

        assertThat(Ed25519.verify(vector.publicKey(), vector.message(), other)).isFalse();
    }

    /** The identity as R and 0 as s: the platform says yes to it for one message in eight or more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void refusesAKeyForWhichAnyoneCanSign(String hex) {
        byte[] key = HexFormat.of().parseHex(hex);
        byte[] signature = new byte[Ed25519.SIGNATURE_BYTES];
        signature[0] = 1;

        assertThat(Ed25519.isPublicKey(key)).isFalse();
        for (int i = 0; i < 100; i++) {
            assertThat(Ed25519.verify(key, new byte[] {(byte) i}, signature)).isFalse();
        }
    }

    @Test
    void knowsAPublicKey() {
        byte[] key = SigningKey.generate().publicKey();
        byte[] noPoint = new byte[Ed25519.KEY_BYTES];
        noPoint[0] = 2;

        assertThat(Ed25519.isPublicKey(key)).isTrue();
        assertThat(Ed25519.isPublicKey(Arrays.copyOf(key, 31))).isFalse();
        assertThat(Ed25519.isPublicKey(Arrays.copyOf(key, 33))).isFalse();
        assertThat(Ed25519.isPublicKey(noPoint)).isFalse();
    }

    @Test
    void givesFalseForInputsOfAnyOtherLength() {
        SigningKey key = SigningKey.generate();
        byte[] signature = key.sign(MESSAGE);
        for (int length = 0; length < 200; length++) {
            byte[] cutKey = Arrays.copyOf(key.publicKey(), length);
            byte[] cutSignature = Arrays.copyOf(signature, length);

            assertThat(Ed25519.verify(cutKey, MESSAGE, signature))
                    .isEqualTo(length == Ed25519.KEY_BYTES);
            assertThat(Ed25519.verify(key.publicKey(), MESSAGE, cutSignature))
                    .isEqualTo(length == Ed25519.SIGNATURE_BYTES);
        }
    }

    @TestFactory
    Stream<DynamicTest> givesFalseForBytesThatAreNoPoint() {
        return Seeds.each(getClass(), Ed25519Test::givesFalseForBytesThatAreNoPoint);
    }

    private static void givesFalseForBytesThatAreNoPoint(Random random, String repro) {
        byte[] signature = SigningKey.generate().sign(MESSAGE);
        byte[] key = new byte[Ed25519.KEY_BYTES];
        byte[] noise = new byte[Ed25519.SIGNATURE_BYTES];
        for (int round = 0; round < 500; round++) { // about half of all values are no point
            random.nextBytes(key);
            random.nextBytes(noise);
            noise[63] &= (byte) (round % 2 == 0 ? 0x0F : 0xFF);

            assertThat(Ed25519.verify(key, MESSAGE, signature)).as(repro).isFalse();
            assertThat(Ed25519.verify(key, MESSAGE, noise)).as(repro).isFalse();
        }
        for (int edge = 0x7F0000; edge <= 0xFFFFFF; edge += 0x7FFF) {
            Arrays.fill(key, (byte) 0xFF);
            key[0] = (byte) edge;
            key[31] = (byte) (edge >> 16);
            assertThat(Ed25519.verify(key, MESSAGE, signature)).as(repro).isFalse();
        }
    }

    @Test
    void keepsAKeyAsText() {
        for (int i = 0; i < 20; i++) {
            SigningKey key = SigningKey.generate();

            SigningKey read = SigningKey.parse(" " + key.toText() + "\n");

            assertThat(read.toText()).isEqualTo(key.toText());
            assertThat(read.publicKey()).isEqualTo(key.publicKey());
            assertThat(read.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
        }
    }

    @Test
    void writesSeedThenPublicKey() {
        Vectors vector = VECTORS.get(0);

        assertThat(vector.key().toText())
                .isEqualTo(Vectors.text(vector.seed(), vector.publicKey()))
                .isEqualTo(
                        "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJZAc6"
                                + "DuFy89qmIyWvAhpo9wdRGg==");
    }

    @Test
    void refusesHalvesThatDoNotBelongTogether() {
        Vectors one = VECTORS.get(0);
        Vectors other = VECTORS.get(1);

        assertThatThrownBy(() -> SigningKey.parse(Vectors.text(one.seed(), other.publicKey())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the halves of the signing key do not belong together; make a new pair");
        assertThatThrownBy(() -> SigningKey.parse(Vectors.text(one.publicKey(), one.seed())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not belong together");
    }

    @Test
    void saysWhatASigningKeyIsWhenATextIsNone() {
        String is = "a signing key is the Base64 of 64 bytes, seed and public key: ";

        assertThatThrownBy(() -> SigningKey.parse("no key at all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(is + "this is not Base64");
        assertThatThrownBy(() -> SigningKey.parse(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(is + "bytes=0");
        assertThatThrownBy(() -> SigningKey.parse(Base64.getEncoder().encodeToString(new byte[32])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(is + "bytes=32");
    }

    @Test
    void doesNotShowASecretInPassing() {
        SigningKey key = VECTORS.get(0).key();

        assertThat(key.toString()).doesNotContain(key.toText().substring(0, 8));
        key.publicKey()[0] ^= 1;
        assertThat(key.publicKey()).isEqualTo(VECTORS.get(0).publicKey());
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }
}
