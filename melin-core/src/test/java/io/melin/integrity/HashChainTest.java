package io.melin.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashChainTest {
    private final byte[] entries = new byte[10_000];
    private final ChainHash anchor;

    HashChainTest() {
        byte[] bytes = new byte[ChainHash.BYTES];
        new Random(1).nextBytes(bytes);
        new Random(2).nextBytes(entries);
        anchor = ChainHash.of(bytes);
    }

    private ChainHash expected(int bytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(entries, 0, bytes);
        digest.update(anchor.bytes());
        return ChainHash.of(digest.digest());
    }

    /** H2. */
    @Test
    void isItsAnchorWhileEmpty() {
        HashChain chain = new HashChain(anchor);

        chain.update(ByteBuffer.allocate(0));

        assertThat(chain.value()).isEqualTo(anchor);
    }

    /** H1, H3. */
    @Test
    void isTheSameHoweverTheBytesAreCut() throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            HashChain chain = new HashChain(anchor);
            ByteBuffer direct = ByteBuffer.allocateDirect(entries.length).put(0, entries);
            int from = 0;
            while (from < entries.length) {
                int to = Math.min(entries.length, from + random.nextInt(3_000));
                ByteBuffer piece =
                        random.nextBoolean()
                                ? ByteBuffer.wrap(entries, from, to - from)
                                : direct.limit(to).position(from);
                chain.update(piece);
                from = to;
                if (from > 0) {
                    assertThat(chain.value()).as("seed %d", seed).isEqualTo(expected(from));
                }
            }
        }
    }

    @Test
    void dependsOnTheAnchorAndOnEveryByte() throws Exception {
        byte[] other = Arrays.copyOf(anchor.bytes(), ChainHash.BYTES);
        other[31] ^= 1;
        HashChain chain = new HashChain(ChainHash.of(other));
        chain.update(ByteBuffer.wrap(entries));
        assertThat(chain.value()).isNotEqualTo(expected(entries.length));

        entries[5_000] ^= 1;
        HashChain changed = new HashChain(anchor);
        changed.update(ByteBuffer.wrap(entries));
        entries[5_000] ^= 1;
        assertThat(changed.value()).isNotEqualTo(expected(entries.length));
    }

    @Test
    void hashesAreValues() {
        ByteBuffer buffer = ByteBuffer.allocate(40);
        anchor.write(buffer, 8);

        assertThat(ChainHash.read(buffer, 8)).isEqualTo(anchor).hasSameHashCodeAs(anchor);
        assertThat(ChainHash.read(buffer, 7)).isNotEqualTo(anchor);
        assertThat(anchor.toString()).hasSize(64).matches("[0-9a-f]+");
        assertThatThrownBy(() -> ChainHash.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes=31");
    }
}
