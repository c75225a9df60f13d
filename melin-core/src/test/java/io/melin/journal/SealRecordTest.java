package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import io.melin.journal.SealRecord.Verdict;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SealRecordTest {
    private static final int PAGE = SegmentHeader.PAGE_BYTES;
    private final Crc32c crc = new Crc32c();

    private static SealRecord sample() {
        byte[] tail = new byte[ChainHash.BYTES];
        for (int i = 0; i < tail.length; i++) {
            tail[i] = (byte) (32 + i);
        }
        return new SealRecord(150, 24_576, ChainHash.of(tail));
    }

    @Test
    void writesTheGoldenBytes() {
        ByteBuffer out = ByteBuffer.allocate(SealRecord.END);

        sample().write(out, 0, crc);

        assertThat(out.array()).isEqualTo(Golden.bytes("seal-record"));
    }

    @Test
    void readsTheGoldenBytes() {
        ByteBuffer in = Golden.buffer("seal-record", PAGE);

        assertThat(SealRecord.examine(in, 0, crc)).isEqualTo(Verdict.OK);
        assertThat(SealRecord.read(in, 0)).isEqualTo(sample());
    }

    @Test
    void isBlankWhenNotSealed() {
        assertThat(SealRecord.examine(ByteBuffer.allocate(PAGE), 0, crc)).isEqualTo(Verdict.BLANK);
    }

    @Test
    void isInvalidWhenCutAtEveryLength() {
        byte[] golden = Golden.bytes("seal-record");
        for (int length = 1; length < golden.length; length++) {
            ByteBuffer in = ByteBuffer.allocate(PAGE).put(0, golden, 0, length);

            assertThat(SealRecord.examine(in, 0, crc)).isEqualTo(Verdict.INVALID);
        }
    }

    @Test
    void seesEverySingleFlippedBitOfItsPage() {
        ByteBuffer in = Golden.buffer("seal-record", PAGE);
        for (int bit = 0; bit < PAGE * Byte.SIZE; bit++) {
            byte before = in.get(bit / 8);
            in.put(bit / 8, (byte) (before ^ 1 << bit % 8));

            assertThat(SealRecord.examine(in, 0, crc)).isEqualTo(Verdict.INVALID);
            in.put(bit / 8, before);
        }
    }

    @Test
    void isInvalidWithNonsenseUnderAGoodChecksum() {
        assertThat(patched(SealRecord.LAST_SEQUENCE, -1)).isEqualTo(Verdict.INVALID);
        assertThat(patched(SealRecord.VALID_END, 16_376)).isEqualTo(Verdict.INVALID);
        assertThat(patched(SealRecord.VALID_END, 24_577)).isEqualTo(Verdict.INVALID);
        assertThat(patched(SealRecord.LAST_SEQUENCE, 0)).isEqualTo(Verdict.OK);
    }

    private Verdict patched(int at, long value) {
        ByteBuffer in = Golden.buffer("seal-record", PAGE);
        in.putLong(at, value);
        in.putInt(SealRecord.CRC32C, crc.of(in, 0, SealRecord.CRC32C));
        return SealRecord.examine(in, 0, crc);
    }
}
