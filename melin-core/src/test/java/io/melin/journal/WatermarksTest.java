package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.integrity.Crc32c;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import io.melin.journal.WatermarkSlot.Verdict;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link Watermarks} M1 and M2: one slot of the two is whole at every moment, within one life and
 * over restarts. No power cut of a whole block can show this: a slot is smaller than a block.
 */
class WatermarksTest {
    private static final String LIVE = JournalConfig.NAME;
    private static final int PAGE = SegmentHeader.PAGE_BYTES;

    private final MemoryStorage storage = new MemoryStorage();
    private final Clock clock = new Clock();
    private final Random random = new Random(11);
    private final List<Entry> written = new ArrayList<>();

    @Test
    void leavesTheOtherSlotAsItIsM2() throws IOException {
        storage.put(LIVE, new byte[SegmentHeader.ENTRIES]);
        try (StorageFile file = storage.openWrite(LIVE)) {
            Watermarks watermarks = new Watermarks(file, 0, SegmentHeader.ENTRIES, 0);
            SegmentTip tip = new SegmentTip(1, 1);
            for (int generation = 1; generation <= 20; generation++) {
                byte[] before = storage.bytes(LIVE);
                tip.moveTo(generation * 3L, SegmentHeader.ENTRIES + generation * 8L);

                watermarks.write(tip, generation);

                assertThat(slot(generation & 1))
                        .isEqualTo(
                                new WatermarkSlot(
                                        generation,
                                        generation * 3L,
                                        SegmentHeader.ENTRIES + generation * 8L,
                                        1));
                int other = WatermarkSlot.offset(1 - (generation & 1));
                assertThat(Arrays.copyOfRange(storage.bytes(LIVE), other, other + PAGE))
                        .isEqualTo(Arrays.copyOfRange(before, other, other + PAGE));
            }
        }
    }

    /** A write of a slot, cut at every byte: what is found is the slot before it, or itself. */
    @Test
    void aSlotThatWasCutLeavesTheOneBeforeItM2() throws IOException {
        try (Journal journal = open()) {
            for (int i = 0; i < 6; i++) {
                writeOne(journal);
            }
        }
        WatermarkSlot last = newest();
        byte[] whole = storage.bytes(LIVE);
        byte[] slot = new byte[WatermarkSlot.END];
        SegmentTip tip = new SegmentTip(1, 1).moveTo(last.durableSequence(), last.durableEnd());
        WatermarkSlot.write(ByteBuffer.wrap(slot), 0, last.generation() + 1, tip, new Crc32c());
        int at = WatermarkSlot.offset(WatermarkSlot.index(last.generation() + 1));
        for (int cut = 0; cut <= slot.length; cut++) {
            storage.put(LIVE, whole);
            Segments.patch(storage, LIVE, at, Arrays.copyOf(slot, cut));

            assertThat(newest().generation()).isBetween(last.generation(), last.generation() + 1);
            assertThat(newest().durableEnd()).isEqualTo(last.durableEnd());
        }
        assertThat(newest().generation()).isEqualTo(last.generation() + 1);
    }

    @Test
    void countsOnOverRestartsInTheSlotThatIsOlderM2() throws IOException {
        List<Long> offsets = new ArrayList<>();
        long generation = 0;
        for (int life = 0; life < 5; life++) {
            storage.hook((call, file, offset, bytes) -> {
                if (call.equals("write") && offset > 0 && offset < SegmentHeader.SEAL_PAGE) {
                    offsets.add(offset);
                }
                return bytes;
            });
            long end;
            try (Journal journal = open()) {
                for (int i = 0; i <= life; i++) {
                    writeOne(journal);
                }
                end = journal.writer().durableProgress().offset();
            }
            assertThat(newest().durableEnd()).isEqualTo(end);
            assertThat(newest().durableSequence()).isEqualTo(written.size());
            generation += offsets.size();
            assertThat(newest().generation()).isEqualTo(generation);
            for (int i = 0; i < offsets.size(); i++) {
                long expected = generation - offsets.size() + i + 1;
                assertThat(offsets.get(i))
                        .isEqualTo((long) WatermarkSlot.offset((int) (expected & 1)));
            }
            offsets.clear();
        }
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStartMakesADamagedSlotWholeAgain(int index) throws IOException {
        try (Journal journal = open()) {
            for (int i = 0; i < 6; i++) {
                writeOne(journal);
            }
        }
        Segments.flip(storage, LIVE, WatermarkSlot.offset(index) + WatermarkSlot.DURABLE_END);

        open().close();

        for (int each = 0; each < 2; each++) {
            assertThat(slot(each).durableEnd())
                    .isEqualTo(
                            Segments.offsets(storage.bytes(LIVE)).get(written.size()).longValue());
        }
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    private Journal open() {
        return TestJournal.open(storage, clock, new ArrayList<>());
    }

    private void writeOne(Journal journal) {
        clock.advance(Watermarks.INTERVAL_NS);
        assertThat(TestJournal.append(journal.frames(), written.size() + 1L, random, written))
                .isTrue();
        journal.frames().publish();
        assertThat(journal.writer().writeAndForce(journal.frames())).isTrue();
    }

    private WatermarkSlot newest() throws IOException {
        return Objects.requireNonNull(
                SegmentHead.read(storage.openRead(LIVE), Place.of(LIVE)).watermark());
    }

    private WatermarkSlot slot(int index) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(storage.bytes(LIVE));
        int at = WatermarkSlot.offset(index);
        assertThat(WatermarkSlot.examine(in, at, index, new Crc32c())).isEqualTo(Verdict.OK);
        return WatermarkSlot.read(in, at);
    }
}
