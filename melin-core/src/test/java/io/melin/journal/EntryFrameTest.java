package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.integrity.Crc32c;
import io.melin.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EntryFrameTest {
    private final Crc32c crc = new Crc32c();
    private final MemoryFrames frames = new MemoryFrames();

    private static EventHeader sample() {
        return new EventHeader()
                .event(EventKind.APP, 7, 1_700_000_000_000_000_001L)
                .id((byte) (IdScheme.CLIENT_REQUEST | IdScheme.GATEWAY), 42, 1001);
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void writesTheGoldenBytesAndLeavesThePayload() {
        ByteBuffer out = allocate(56);
        ByteBuffer payload = ByteBuffer.wrap("xhello".getBytes(StandardCharsets.US_ASCII));
        payload.position(1);

        int bytes = EntryFrame.write(out, 0, sample(), payload, crc);

        assertThat(bytes).isEqualTo(56);
        assertThat(out.array()).isEqualTo(Golden.bytes("entry"));
        assertThat(payload.position()).isEqualTo(1);
    }

    @Test
    void readsTheGoldenBytes() {
        ByteBuffer in = Golden.buffer("entry", 56);
        EventHeader header = new EventHeader();

        assertThat(frames.examine(in, 0, 56)).isEqualTo(EntryVerdict.OK);
        EntryFrame.read(in, 0, header);

        assertThat(header).usingRecursiveComparison().isEqualTo(sample());
        assertThat(EntryFrame.payloadBytes(in, 0)).isEqualTo(5);
    }

    @Test
    void roundTripsEveryPadKindAndScheme() {
        for (int payloadBytes = 0; payloadBytes < 40; payloadBytes++) {
            for (byte scheme = 0; scheme < 8; scheme++) {
                if (!IdScheme.isKnown(scheme)) {
                    continue;
                }
                EventHeader header =
                        new EventHeader()
                                .event(EventKind.CONFIG, Long.MAX_VALUE, -payloadBytes)
                                .id(scheme, -1, Long.MIN_VALUE);
                byte[] payload = new byte[payloadBytes];
                new Random(payloadBytes).nextBytes(payload);
                ByteBuffer out = allocate(128);

                int total = EntryFrame.write(out, 8, header, ByteBuffer.wrap(payload), crc);

                EventHeader read = new EventHeader();
                EntryFrame.read(out, 8, read);
                assertThat(frames.examine(out, 8, 8 + total)).isEqualTo(EntryVerdict.OK);
                assertThat(total % 8).isZero();
                assertThat(read).usingRecursiveComparison().isEqualTo(header);
                byte[] found = new byte[EntryFrame.payloadBytes(out, 8)];
                out.get(8 + EntryFrame.PAYLOAD, found);
                assertThat(found).isEqualTo(payload);
            }
        }
    }

    @Test
    void overwritesOldBytesWithItsPadding() {
        ByteBuffer out = allocate(56);
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, (byte) -1);
        }

        EntryFrame.write(
                out,
                0,
                sample(),
                ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)),
                crc);

        assertThat(out.array()).isEqualTo(Golden.bytes("entry"));
    }

    @Test
    void endsOrIsTruncatedAtEveryShorterLength() {
        ByteBuffer in = Golden.buffer("entry", 56);

        for (int length = 0; length < 56; length++) {
            assertThat(frames.examine(in, 0, length))
                    .isEqualTo(length == 0 ? EntryVerdict.END_OF_DATA : EntryVerdict.TRUNCATED);
        }
    }

    @Test
    void isNeverOkWhenZeroedBehindAnyByte() {
        byte[] golden = Golden.bytes("entry");
        for (int length = 0; length < golden.length; length++) {
            ByteBuffer in = allocate(56).put(0, golden, 0, length);

            EntryVerdict verdict = frames.examine(in, 0, 56);

            assertThat(verdict.isMaybeTorn() || verdict == EntryVerdict.END_OF_DATA)
                    .as("%s at %d", verdict, length)
                    .isTrue();
        }
    }

    @Test
    void seesEverySingleFlippedBit() {
        Set<EntryVerdict> seen = EnumSet.noneOf(EntryVerdict.class);
        ByteBuffer in = Golden.buffer("entry", 56);
        for (int bit = 0; bit < 56 * Byte.SIZE; bit++) {
            byte before = in.get(bit / 8);
            in.put(bit / 8, (byte) (before ^ 1 << bit % 8));
            seen.add(frames.examine(in, 0, 56));
            in.put(bit / 8, before);
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        EntryVerdict.BAD_MAGIC,
                        EntryVerdict.BAD_LENGTH,
                        EntryVerdict.TRUNCATED,
                        EntryVerdict.CRC_MISMATCH);
    }

    @Test
    void findsImpossibleContentUnderAGoodChecksum() {
        assertThat(patched(EntryFrame.BITS, 0x6F)).isEqualTo(EntryVerdict.MALFORMED);
        assertThat(patched(EntryFrame.BITS, 0x2E)).isEqualTo(EntryVerdict.OK);
        assertThat(patched(EntryFrame.PAYLOAD + 5, 1)).isEqualTo(EntryVerdict.MALFORMED);
        assertThat(patched(EntryFrame.SEQUENCE + 7, 0x80)).isEqualTo(EntryVerdict.MALFORMED);
        assertThat(patched(EntryFrame.SEQUENCE, 0)).isEqualTo(EntryVerdict.MALFORMED);
        assertThat(patched(EntryFrame.KIND, 0)).isEqualTo(EntryVerdict.UNKNOWN_KIND);
        assertThat(patched(EntryFrame.KIND, 7)).isEqualTo(EntryVerdict.UNKNOWN_KIND);
        assertThat(patched(EntryFrame.KIND, EventKind.TICK))
                .isEqualTo(EntryVerdict.BAD_PAYLOAD_LENGTH);
        assertThat(patched(EntryFrame.KIND, EventKind.EPOCH))
                .isEqualTo(EntryVerdict.BAD_PAYLOAD_LENGTH);
        assertThat(patched(EntryFrame.BITS, 7 | 3 << 3)).isEqualTo(EntryVerdict.UNKNOWN_ID_SCHEME);
        assertThat(patched(EntryFrame.BITS, 7 | 4 << 3)).isEqualTo(EntryVerdict.UNKNOWN_ID_SCHEME);
    }

    private EntryVerdict patched(int at, int value) {
        ByteBuffer in = Golden.buffer("entry", 56);
        in.put(at, (byte) value);
        in.putInt(52, crc.of(in, 0, 52));
        return frames.examine(in, 0, 56);
    }

    @Test
    void refusesAPadThatDoesNotBelongToItsLength() {
        for (int pad = 0; pad < 8; pad++) {
            ByteBuffer in = allocate(48);
            EntryFrame.write(in, 0, sample(), allocate(0), crc);
            in.put(EntryFrame.BITS, (byte) (pad | 1 << 3));
            in.putInt(44, crc.of(in, 0, 44));

            assertThat(frames.examine(in, 0, 48))
                    .as("pad %d", pad)
                    .isEqualTo(pad <= 4 ? EntryVerdict.OK : EntryVerdict.MALFORMED);
        }
    }

    /** Each byte of any padding has to be zero, the payload's last one need not be. */
    @Test
    void readsEachByteOfEachPadding() {
        int end = 60 - EntryFrame.PAYLOAD;
        for (int pad = 0; pad < 8; pad++) {
            for (int before = 1; before <= 8; before++) {
                ByteBuffer in = allocate(64);
                EntryFrame.write(in, 0, sample(), allocate(end - pad), crc);
                in.put(60 - before, (byte) 0x80);
                in.putInt(60, crc.of(in, 0, 60));

                assertThat(frames.examine(in, 0, 64))
                        .as("pad %d, byte %d before the checksum", pad, before)
                        .isEqualTo(before <= pad ? EntryVerdict.MALFORMED : EntryVerdict.OK);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> isTotalForAnyBytes() {
        return Seeds.each(getClass(), this::isTotalForAnyBytes);
    }

    private void isTotalForAnyBytes(Random random, String repro) {
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length > 8 && random.nextBoolean()) {
                in.putInt(0, random.nextInt(16) * 8);
                in.putShort(4, EntryFrame.MAGIC_VALUE);
            }

            assertThat(frames.examine(in, 0, bytes.length)).as(repro).isNotEqualTo(EntryVerdict.OK);
        }
    }
}
