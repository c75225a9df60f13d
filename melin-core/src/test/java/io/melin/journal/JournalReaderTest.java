package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.integrity.Crc32c;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalReaderTest {
    private static final String LIVE = Segments.LIVE;
    private final MemoryStorage storage = new MemoryStorage();
    private final Clock clock = new Clock();

    private List<Entry> write(int bytes) {
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            return TestJournal.fill(journal, clock, SegmentHeader.ENTRIES + bytes, 1);
        }
    }

    private static List<Entry> readAll(JournalReader reader) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (reader.next() == EntryVerdict.OK) {
            entries.add(Entry.of(reader.header(), reader.payload()));
        }
        return entries;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 48, 100, 128, 1_000, 4_096, 1 << 20})
    void readsEntriesThatStraddleItsWindow(int windowBytes) throws IOException {
        List<Entry> written = write(100_000);
        JournalReader reader = new JournalReader(storage.openRead(LIVE), windowBytes);
        reader.range(JournalReader.firstEntryOffset(), storage.bytes(LIVE).length);

        assertThat(readAll(reader)).isEqualTo(written);
        assertThat(reader.next()).isEqualTo(EntryVerdict.END_OF_DATA);
        assertThat(reader.end()).isEqualTo(reader.offset());
    }

    @Test
    void readsTheFileInFewLargeReads() throws IOException {
        List<Entry> written = write(1_000_000);
        CountingFile file = new CountingFile(storage.openRead(LIVE));
        JournalReader reader = new JournalReader(file, 64 << 10);
        reader.range(JournalReader.firstEntryOffset(), file.size());

        assertThat(readAll(reader)).isEqualTo(written);
        assertThat(file.reads).isLessThan(1_000_000 / (60 << 10) + 3);
    }

    @Test
    void goesOnWhereItStoppedWhenTheRangeGrows() throws IOException {
        List<Entry> written = write(50_000);
        List<Integer> offsets = Segments.offsets(storage.bytes(LIVE));
        JournalReader reader = new JournalReader(storage.openRead(LIVE), 1_000);
        reader.range(JournalReader.firstEntryOffset(), JournalReader.firstEntryOffset());
        assertThat(reader.next()).isEqualTo(EntryVerdict.END_OF_DATA);

        List<Entry> read = new ArrayList<>();
        for (int end : offsets) {
            reader.extend(end);
            read.addAll(readAll(reader));
            assertThat(reader.end()).isEqualTo(end);
        }
        assertThat(read).isEqualTo(written);
    }

    @Test
    void stopsAtATornEntryAndStays() throws IOException {
        List<Entry> written = write(20_000);
        int at = Segments.offsets(storage.bytes(LIVE)).get(20);
        Segments.flip(storage, LIVE, at + 45);
        JournalReader reader = new JournalReader(storage.openRead(LIVE), 4_096);
        reader.range(JournalReader.firstEntryOffset(), storage.bytes(LIVE).length);

        assertThat(readAll(reader)).isEqualTo(written.subList(0, 20));
        for (int i = 0; i < 3; i++) {
            assertThat(reader.next()).isEqualTo(EntryVerdict.CRC_MISMATCH);
            assertThat(reader.offset()).isEqualTo(at);
        }
    }

    @Test
    void isTruncatedWhereTheRangeCutsAnEntry() throws IOException {
        write(2_000);
        int end = Segments.offsets(storage.bytes(LIVE)).get(1);
        for (int cut = SegmentHeader.ENTRIES; cut < end; cut++) {
            JournalReader reader = new JournalReader(storage.openRead(LIVE), 64);
            reader.range(SegmentHeader.ENTRIES, cut);

            assertThat(reader.next())
                    .isEqualTo(
                            cut == SegmentHeader.ENTRIES
                                    ? EntryVerdict.END_OF_DATA
                                    : EntryVerdict.TRUNCATED);
        }
    }

    @Test
    void readsTheLargestEntryOfTheFormatAndSequencesUpToTheLast() throws IOException {
        byte[] largest = new byte[EntryFrame.PAYLOAD_BYTES_MAX];
        new Random(1).nextBytes(largest);
        ByteBuffer bytes =
                ByteBuffer.allocate(EntryFrame.TOTAL_BYTES_MAX + SegmentHeader.ENTRIES + 100)
                        .order(ByteOrder.LITTLE_ENDIAN);
        Crc32c crc = new Crc32c();
        EventHeader header = new EventHeader().event(EventKind.APP, Long.MAX_VALUE - 1, 1);
        int at = SegmentHeader.ENTRIES;
        at += EntryFrame.write(bytes, at, header, ByteBuffer.wrap(largest), crc);
        header.event(EventKind.TICK, Long.MAX_VALUE, Long.MAX_VALUE);
        EntryFrame.write(bytes, at, header, ByteBuffer.allocate(0), crc);
        storage.put(LIVE, bytes.array());
        JournalReader reader = new JournalReader(storage.openRead(LIVE), 1_000);
        reader.range(SegmentHeader.ENTRIES, bytes.capacity());

        assertThat(reader.next()).isEqualTo(EntryVerdict.OK);
        assertThat(reader.payload().mismatch(ByteBuffer.wrap(largest))).isEqualTo(-1);
        assertThat(reader.header().sequence()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(reader.next()).isEqualTo(EntryVerdict.OK);
        assertThat(reader.header().sequence()).isEqualTo(Long.MAX_VALUE);
        assertThat(reader.payload().hasRemaining()).isFalse();
        assertThat(reader.next()).isEqualTo(EntryVerdict.END_OF_DATA);
    }

    @Test
    void takesNoMemoryForALengthThatTheFileCannotHold() throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(SegmentHeader.ENTRIES + 4_096).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(SegmentHeader.ENTRIES, EntryFrame.TOTAL_BYTES_MAX);
        bytes.putShort(SegmentHeader.ENTRIES + EntryFrame.MAGIC, EntryFrame.MAGIC_VALUE);
        storage.put(LIVE, bytes.array());
        CountingFile file = new CountingFile(storage.openRead(LIVE));
        JournalReader reader = new JournalReader(file, 1_000);
        reader.range(SegmentHeader.ENTRIES, file.size());

        assertThat(reader.next()).isEqualTo(EntryVerdict.TRUNCATED);
        assertThat(file.bytesMax).isEqualTo(1_000);
    }

    @Test
    void givesPayloadsInLittleEndianEachTime() throws IOException {
        write(2_000);
        JournalReader reader = new JournalReader(storage.openRead(LIVE), 4_096);
        reader.range(SegmentHeader.ENTRIES, storage.bytes(LIVE).length);
        while (reader.next() == EntryVerdict.OK) {
            assertThat(reader.payload().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            reader.payload().order(ByteOrder.BIG_ENDIAN);
        }
        assertThat(reader.header().sequence()).isPositive();
    }
}
