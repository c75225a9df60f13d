package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import io.melin.journal.SegmentHeader.Verdict;
import io.melin.testing.Seeds;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SegmentHeaderTest {
    private final Crc32c crc = new Crc32c();

    static SegmentHeader sample() {
        byte[] anchor = new byte[ChainHash.BYTES];
        for (int i = 0; i < anchor.length; i++) {
            anchor[i] = (byte) i;
        }
        return new SegmentHeader(
                3,
                9,
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                2,
                101,
                4,
                1_700_000_000_000_000_000L,
                ChainHash.of(anchor));
    }

    @Test
    void writesTheGoldenBytes() {
        ByteBuffer out = ByteBuffer.allocate(SegmentHeader.END);

        sample().write(out, 0, crc);

        assertThat(out.array()).isEqualTo(Golden.bytes("segment-header"));
    }

    @Test
    void readsTheGoldenBytes() {
        ByteBuffer in = Golden.buffer("segment-header", SegmentHeader.END);

        assertThat(SegmentHeader.examine(in, 0, crc)).isEqualTo(Verdict.OK);
        assertThat(SegmentHeader.read(in, 0)).isEqualTo(sample());
    }

    @Test
    void isBlankOrTruncatedAtEveryShorterLength() {
        ByteBuffer in = Golden.buffer("segment-header", SegmentHeader.END);

        for (int length = 0; length < SegmentHeader.END; length++) {
            Verdict expected = length == 0 ? Verdict.BLANK : Verdict.TRUNCATED;
            assertThat(SegmentHeader.examine(in.limit(length), 0, crc))
                    .as("length %d", length)
                    .isEqualTo(expected);
        }
    }

    @Test
    void seesEverySingleFlippedBit() {
        Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
        for (int bit = 0; bit < SegmentHeader.END * Byte.SIZE; bit++) {
            ByteBuffer in = Golden.buffer("segment-header", SegmentHeader.END);
            in.put(bit / 8, (byte) (in.get(bit / 8) ^ 1 << bit % 8));
            seen.add(SegmentHeader.examine(in, 0, crc));
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        Verdict.NOT_A_JOURNAL, Verdict.UNSUPPORTED_VERSION, Verdict.CRC_MISMATCH);
    }

    @Test
    void refusesAnotherVersionBeforeItsChecksum() {
        for (int version : new int[] {0, 2, 0xFFFF}) {
            ByteBuffer in = Golden.buffer("segment-header", SegmentHeader.END);
            in.putShort(SegmentHeader.FORMAT_VERSION, (short) version);

            assertThat(SegmentHeader.examine(in, 0, crc)).isEqualTo(Verdict.UNSUPPORTED_VERSION);
            assertThat(SegmentHeader.version(in, 0)).isEqualTo(version);
        }
    }

    @Test
    void refusesUnknownFeaturesAndNonsenseWithAGoodChecksum() {
        assertThat(patched(SegmentHeader.FEATURE_BITS, 1)).isEqualTo(Verdict.UNSUPPORTED_FEATURE);
        assertThat(patched(SegmentHeader.HASH_ID, 2)).isEqualTo(Verdict.UNSUPPORTED_FEATURE);
        assertThat(patched(SegmentHeader.ALIGNMENT_SHIFT, 4))
                .isEqualTo(Verdict.UNSUPPORTED_FEATURE);
        assertThat(patched(SegmentHeader.SEGMENT, 0)).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(patched(SegmentHeader.START_SEQUENCE, 0)).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(patched(SegmentHeader.EPOCH + 7, 0x80)).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(patched(SegmentHeader.RESERVED + 23, 1)).isEqualTo(Verdict.IMPOSSIBLE);
    }

    private Verdict patched(int at, int value) {
        ByteBuffer in = Golden.buffer("segment-header", SegmentHeader.END);
        in.put(at, (byte) value);
        in.putInt(SegmentHeader.CRC32C, crc.of(in, 0, SegmentHeader.CRC32C));
        return SegmentHeader.examine(in, 0, crc);
    }

    @TestFactory
    Stream<DynamicTest> refusesForeignBytes() {
        return Seeds.each(getClass(), this::refusesForeignBytes);
    }

    private void refusesForeignBytes(Random random, String repro) {
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (bytes[0] | 0x80);

            assertThat(SegmentHeader.examine(ByteBuffer.wrap(bytes), 0, crc))
                    .as(repro)
                    .isEqualTo(Verdict.NOT_A_JOURNAL);
        }
    }
}
