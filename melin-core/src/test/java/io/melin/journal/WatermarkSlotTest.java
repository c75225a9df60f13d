package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.integrity.Crc32c;
import io.melin.journal.WatermarkSlot.Verdict;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WatermarkSlotTest {
    private static final int PAGE = SegmentHeader.PAGE_BYTES;
    private final Crc32c crc = new Crc32c();

    @Test
    void writesTheGoldenBytes() {
        ByteBuffer out = ByteBuffer.allocate(WatermarkSlot.END);

        WatermarkSlot.write(out, 0, 5, new SegmentTip(2, 101).moveTo(120, 20_480), crc);

        assertThat(out.array()).isEqualTo(Golden.bytes("watermark-slot"));
    }

    @Test
    void readsTheGoldenBytes() {
        ByteBuffer in = Golden.buffer("watermark-slot", PAGE);

        assertThat(WatermarkSlot.examine(in, 0, 1, crc)).isEqualTo(Verdict.OK);
        assertThat(WatermarkSlot.read(in, 0)).isEqualTo(new WatermarkSlot(5, 120, 20_480, 101));
    }

    @Test
    void isBlankWhenNeverWritten() {
        assertThat(WatermarkSlot.examine(ByteBuffer.allocate(PAGE), 0, 1, crc))
                .isEqualTo(Verdict.BLANK);
    }

    @Test
    void isInvalidWhenCutAtEveryLength() {
        byte[] golden = Golden.bytes("watermark-slot");
        for (int length = 1; length < golden.length; length++) {
            ByteBuffer in = ByteBuffer.allocate(PAGE).put(0, golden, 0, length);

            assertThat(WatermarkSlot.examine(in, 0, 1, crc)).isEqualTo(Verdict.INVALID);
        }
    }

    @Test
    void seesEverySingleFlippedBitOfItsPage() {
        ByteBuffer in = Golden.buffer("watermark-slot", PAGE);
        for (int bit = 0; bit < PAGE * Byte.SIZE; bit++) {
            byte before = in.get(bit / 8);
            in.put(bit / 8, (byte) (before ^ 1 << bit % 8));

            assertThat(WatermarkSlot.examine(in, 0, 1, crc)).isEqualTo(Verdict.INVALID);
            in.put(bit / 8, before);
        }
    }

    @Test
    void isInvalidInTheOtherSlot() {
        ByteBuffer in = Golden.buffer("watermark-slot", PAGE);

        assertThat(WatermarkSlot.examine(in, 0, 0, crc)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void isInvalidWithNonsenseUnderAGoodChecksum() {
        assertThat(patched(WatermarkSlot.DURABLE_SEQUENCE, 99)).isEqualTo(Verdict.INVALID);
        assertThat(patched(WatermarkSlot.DURABLE_END, 16_376)).isEqualTo(Verdict.INVALID);
        assertThat(patched(WatermarkSlot.DURABLE_END, 20_481)).isEqualTo(Verdict.INVALID);
        assertThat(patched(WatermarkSlot.START_SEQUENCE, 0)).isEqualTo(Verdict.INVALID);
        assertThat(patched(WatermarkSlot.GENERATION, -1)).isEqualTo(Verdict.INVALID);
        assertThat(patched(WatermarkSlot.RESERVED, 1)).isEqualTo(Verdict.INVALID);
        assertThat(patched(WatermarkSlot.DURABLE_SEQUENCE, 100)).isEqualTo(Verdict.OK);
    }

    private Verdict patched(int at, long value) {
        ByteBuffer in = Golden.buffer("watermark-slot", PAGE);
        in.putLong(at, value);
        in.putInt(WatermarkSlot.CRC32C, crc.of(in, 0, WatermarkSlot.CRC32C));
        return WatermarkSlot.examine(in, 0, 1, crc);
    }
}
