package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final byte[] NONCE = filled(32, 1);
    private static final byte[] CLIENT_NONCE = filled(32, 2);
    private static final byte[] KEY = filled(32, 3);

    @Test
    void isAnotherForAnyFieldThatDiffers() {
        Set<String> all = new HashSet<>();
        int count = 0;
        for (byte[] nonce : new byte[][] {NONCE, CLIENT_NONCE}) {
            for (int version : new int[] {1, 2, 256, 65_535}) {
                for (String server : new String[] {"a", "b", "ab", "a ", "é", "e"}) {
                    ChallengeFrame challenge = new ChallengeFrame(nonce, version, server);
                    all.addAll(transcripts(challenge));
                    count += 12;
                }
            }
        }

        assertThat(all).hasSize(count);
    }

    private static Set<String> transcripts(ChallengeFrame challenge) {
        Set<String> transcripts = new HashSet<>();
        for (byte[] clientNonce : new byte[][] {NONCE, CLIENT_NONCE}) {
            for (byte[] key : new byte[][] {KEY, NONCE}) {
                for (int lane : new int[] {0, 1, -1}) {
                    transcripts.add(
                            Arrays.toString(Transcript.of(challenge, clientNonce, key, lane)));
                }
            }
        }
        return transcripts;
    }

    @Test
    void isAnotherForAnyBitOfNoncesAndKey() {
        ChallengeFrame challenge = new ChallengeFrame(NONCE, 1, "a");
        byte[] transcript = Transcript.of(challenge, CLIENT_NONCE, KEY, 0);
        for (int bit = 0; bit < 32 * Byte.SIZE; bit++) {
            ChallengeFrame other = new ChallengeFrame(flipped(NONCE, bit), 1, "a");

            assertThat(Transcript.of(other, CLIENT_NONCE, KEY, 0)).isNotEqualTo(transcript);
            assertThat(Transcript.of(challenge, flipped(CLIENT_NONCE, bit), KEY, 0))
                    .isNotEqualTo(transcript);
            assertThat(Transcript.of(challenge, CLIENT_NONCE, flipped(KEY, bit), 0))
                    .isNotEqualTo(transcript);
        }
    }

    @Test
    void refusesFieldsThatWouldMoveTheOthers() {
        ChallengeFrame challenge = new ChallengeFrame(NONCE, 1, "a");

        assertThatThrownBy(() -> Transcript.of(challenge, filled(31, 0), KEY, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a nonce has 32 bytes: bytes=31");
        assertThatThrownBy(() -> Transcript.of(challenge, CLIENT_NONCE, filled(33, 0), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a public key has 32 bytes: bytes=33");
        assertThatThrownBy(() -> new ChallengeFrame(NONCE, 1, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChallengeFrame(NONCE, 1, "é".repeat(33)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the server's name must have 1 to 64 bytes of UTF-8: bytes=66");
        assertThatThrownBy(() -> new ChallengeFrame(NONCE, 65_536, "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesAClientOfTheKeyAlone() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY);

        assertThat(Transcript.client(KEY, 0)).isEqualTo(ByteBuffer.wrap(hash).getLong());
        assertThat(Transcript.client(Vectors.ALL.get(0).publicKey(), 0))
                .isEqualTo(0x21fe31dfa154a261L);
    }

    @Test
    void makesAnotherClientOfEachLane() {
        Set<Long> clients = new HashSet<>();
        for (int lane = -5_000; lane < 5_000; lane++) {
            clients.add(Transcript.client(KEY, lane));
        }

        assertThat(clients).hasSize(10_000).doesNotContain(0L);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }
}
