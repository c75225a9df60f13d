package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.integrity.Crc32c;
import io.melin.journal.JournalException.DurableRegionDamaged;
import io.melin.journal.JournalException.EntryCorrupt;
import io.melin.journal.JournalException.HeaderCorrupt;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalMissing;
import io.melin.journal.JournalException.NotAJournal;
import io.melin.journal.JournalException.ReplayFailed;
import io.melin.journal.JournalException.RotationUnfinished;
import io.melin.journal.JournalException.SegmentStartMismatch;
import io.melin.journal.JournalException.SequenceDuplicate;
import io.melin.journal.JournalException.UnknownEventKind;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.JournalException.UnsupportedCodecVersion;
import io.melin.journal.JournalException.UnsupportedJournalVersion;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One live segment and everything that a start must refuse, or put right, in it. */
class RefusalTest {
    private static final String LIVE = Segments.LIVE;
    private final MemoryStorage storage = new MemoryStorage();
    private final Clock clock = new Clock();
    private List<Entry> written = List.of();
    private List<Integer> offsets = List.of();

    @BeforeEach
    void writeALiveSegmentAndCloseItOrderly() throws IOException {
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            written = TestJournal.fill(journal, clock, 40_000, 1);
        }
        offsets = Segments.offsets(storage.bytes(LIVE));
        assertThat(offsets).hasSize(written.size() + 1);
    }

    private void isRefused(Class<? extends JournalException> type, String... words) {
        isRefused(TestJournal.config(), type, words);
    }

    private void isRefused(
            JournalConfig config, Class<? extends JournalException> type, String... words) {
        Map<String, String> before = storage.state();
        int changes = storage.changes();
        assertThatThrownBy(() ->
                        Journal.open(
                                config,
                                new JournalPorts(storage, clock),
                                (header, payload, version) -> {}))
                .isInstanceOf(type)
                .hasMessageContainingAll(words);
        assertThat(storage.state()).isEqualTo(before);
        assertThat(storage.changes()).isEqualTo(changes);
        assertThat(storage.isLocked()).isFalse();
    }

    /** {@link Recovery} Y1 and row 8. */
    @Test
    void refusesADamagedHeader() throws IOException {
        Segments.flip(storage, LIVE, SegmentHeader.ANCHOR);
        isRefused(HeaderCorrupt.class, "crc mismatch", "path=memory/melin.journal");
    }

    @Test
    void refusesDirtBehindTheHeader() throws IOException {
        Segments.flip(storage, LIVE, SegmentHeader.PAGE_BYTES - 1);
        isRefused(HeaderCorrupt.class, "not zero");
    }

    @Test
    void refusesAForeignFile() {
        byte[] text =
                "Dear diary, today I was not a journal.\n"
                        .repeat(900)
                        .getBytes(StandardCharsets.US_ASCII);
        storage.put(LIVE, text);
        isRefused(NotAJournal.class, "move the file away");

        storage.put(LIVE, "x".getBytes(StandardCharsets.US_ASCII));
        isRefused(NotAJournal.class, "not a journal");
    }

    @Test
    void refusesANewerFormat() throws IOException {
        Segments.patch(storage, LIVE, SegmentHeader.FORMAT_VERSION, (byte) 2);
        isRefused(UnsupportedJournalVersion.class, "expected=1", "found=2");
    }

    @Test
    void refusesAFileCutWithinItsHead() throws IOException {
        byte[] bytes = storage.bytes(LIVE);
        for (int length : new int[] {1, 7, 8, 127, 128, 4_096, SegmentHeader.ENTRIES - 1}) {
            storage.put(LIVE, Arrays.copyOf(bytes, length));
            isRefused(HeaderCorrupt.class, "ends within its head");
        }
    }

    @Test
    void refusesABlankHeaderBeforeEntries() throws IOException {
        Segments.patch(storage, LIVE, 0, new byte[SegmentHeader.PAGE_BYTES]);
        isRefused(HeaderCorrupt.class, "blank");
    }

    /** Row 7: no entry can ever have been in it. */
    @Test
    void replacesALiveFileOfNothingButZeros() {
        for (int length : new int[] {0, 1, 100, 500_000}) {
            MemoryStorage other = new MemoryStorage();
            other.put(LIVE, new byte[length]);
            List<Entry> all = new ArrayList<>();
            try (Journal journal = TestJournal.open(other, clock, new ArrayList<>())) {
                assertThat(journal.report().isCreated()).isTrue();
                assertThat(journal.report().tail().notes()).hasSize(1);
                all.addAll(TestJournal.fill(journal, clock, 30_000, 1));
            }
            assertThat(TestJournal.replay(other)).isEqualTo(all);
        }
    }

    /** Row 5. */
    @Test
    void refusesSnapshotsWithoutAJournal() {
        storage.remove(LIVE);
        storage.put("melin.journal.snap.00000000000000000100", new byte[10]);
        isRefused(JournalMissing.class, "snapshots without a journal");
    }

    /** Row 36. */
    @Test
    void deletesAStagingFileWithoutEntriesAndKeepsOneWithThem() throws IOException {
        String staging = "melin.journal.next-staging";
        byte[] empty = Arrays.copyOf(storage.bytes(LIVE), SegmentHeader.ENTRIES + 1_000);
        Arrays.fill(empty, SegmentHeader.ENTRIES, empty.length, (byte) 0);
        for (byte[] harmless : List.of(new byte[0], new byte[30_000], empty)) {
            storage.put(staging, harmless);
            assertThat(TestJournal.replay(storage)).isEqualTo(written);
            assertThat(storage.exists(staging)).isFalse();
        }

        storage.put(staging, storage.bytes(LIVE));
        isRefused(RotationUnfinished.class, "next-staging", "sequence=1");
        storage.put("melin.journal.next-prepared-1", storage.bytes(LIVE));
        isRefused(RotationUnfinished.class, "next-staging", "two staging files");
        storage.remove("melin.journal.next-prepared-1");
        storage.remove(LIVE);
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
        assertThat(storage.exists(staging)).isFalse();
    }

    @Test
    void refusesAnotherVersionOfCodecOrApplication() {
        JournalConfig config = TestJournal.config();
        isRefused(
                JournalConfig.of(config.directory(), 2, 1),
                UnsupportedCodecVersion.class,
                "expected=2",
                "found=1",
                "snapshot");
        isRefused(
                JournalConfig.of(config.directory(), 1, 2),
                UnsupportedAppVersion.class,
                "expected=2",
                "found=1",
                "snapshot");
    }

    /** Row 38. */
    @Test
    void refusesToGoOnAfterAFailedReplay() {
        Map<String, String> before = storage.state();
        int changes = storage.changes();
        for (Throwable bug : List.of(new IllegalStateException("bug"), new StackOverflowError())) {
            assertThatThrownBy(() ->
                            Journal.open(
                                    TestJournal.config(),
                                    new JournalPorts(storage, clock),
                                    (header, payload, version) -> fail(header, bug)))
                    .isInstanceOf(ReplayFailed.class)
                    .hasCause(bug)
                    .hasMessageContaining("sequence=7")
                    .satisfies(e -> assertThat(((ReplayFailed) e).sequence()).isEqualTo(7));
        }
        assertThat(storage.state()).isEqualTo(before);
        assertThat(storage.changes()).isEqualTo(changes);
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    private static void fail(EventHeader header, Throwable bug) {
        if (header.sequence() == 7) {
            if (bug instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) bug;
        }
    }

    /** Row 20. */
    @Test
    void refusesIntactEntriesThatNobodyCanHaveWritten() throws IOException {
        int at = offsets.get(9);
        Segments.rewriteEntry(storage, LIVE, at, EntryFrame.KIND, 99);
        isRefused(UnknownEventKind.class, "UNKNOWN_KIND", "offset=" + at, "sequence=10");

        Segments.rewriteEntry(storage, LIVE, at, EntryFrame.KIND, EventKind.TICK);
        isRefused(EntryCorrupt.class, "BAD_PAYLOAD_LENGTH", "offset=" + at);
    }

    /** Row 20 above the watermark too: a crash does not compute checksums. */
    @Test
    void refusesAnUnknownKindAboveTheWatermark() throws IOException {
        forgetWatermarks();
        int at = offsets.get(9);
        Segments.rewriteEntry(storage, LIVE, at, EntryFrame.KIND, 99);
        isRefused(UnknownEventKind.class, "offset=" + at);
    }

    private void forgetWatermarks() throws IOException {
        Segments.patch(
                storage,
                LIVE,
                SegmentHeader.WATERMARK_PAGES,
                new byte[2 * SegmentHeader.PAGE_BYTES]);
    }

    /** Row 18. */
    @Test
    void refusesARepeatedSequence() throws IOException {
        int at = offsets.get(9);
        Segments.rewriteEntry(storage, LIVE, at, EntryFrame.SEQUENCE, 9);
        isRefused(SequenceDuplicate.class, "expected=10", "found=9", "offset=" + at);

        forgetWatermarks();
        isRefused(SequenceDuplicate.class, "offset=" + at);
    }

    /** Row 16: a gap is damage below the watermark, and a torn tail above it. */
    @Test
    void judgesAGapByTheWatermark() throws IOException {
        int at = offsets.get(9);
        Segments.rewriteEntry(storage, LIVE, at, EntryFrame.SEQUENCE, 11);
        isRefused(DurableRegionDamaged.class, "offset=" + at, "sequence=10");

        forgetWatermarks();
        assertThat(TestJournal.replay(storage)).isEqualTo(written.subList(0, 9));
    }

    /** Row 19. */
    @Test
    void refusesAFirstEntryThatTheHeaderDoesNotPromise() throws IOException {
        Segments.rewriteEntry(storage, LIVE, SegmentHeader.ENTRIES, EntryFrame.SEQUENCE, 2);
        isRefused(SegmentStartMismatch.class, "expected=1", "found=2");
    }

    @Test
    void refusesAWatermarkThatIsNoBoundary() throws IOException {
        byte[] bytes = storage.bytes(LIVE);
        Arrays.fill(bytes, SegmentHeader.WATERMARK_PAGES, SegmentHeader.SEAL_PAGE, (byte) 0);
        SegmentTip wrong = new SegmentTip(1, 1).moveTo(9, offsets.get(9) + 8);
        WatermarkSlot.write(
                ByteBuffer.wrap(bytes), WatermarkSlot.offset(1), 1, wrong, new Crc32c());
        storage.put(LIVE, bytes);
        isRefused(HeaderCorrupt.class, "disagrees with its entries");

        WatermarkSlot.write(
                ByteBuffer.wrap(bytes),
                WatermarkSlot.offset(1),
                1,
                wrong.moveTo(8, offsets.get(9)),
                new Crc32c());
        storage.put(LIVE, bytes);
        isRefused(HeaderCorrupt.class, "disagrees with its entries");
    }

    @Test
    void usesTheOtherSlotAndMendsADamagedOne() throws IOException {
        for (int index = 0; index < 2; index++) {
            Segments.flip(storage, LIVE, WatermarkSlot.offset(index) + 20);
            List<Entry> replayed = new ArrayList<>();
            try (Journal journal = TestJournal.open(storage, clock, replayed)) {
                assertThat(journal.report().tail().notes()).hasSize(1);
            }
            assertThat(replayed).isEqualTo(written);
            try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
                assertThat(journal.report().tail().notes()).isEmpty();
            }
        }
    }

    @Test
    void refusesTwoDamagedSlots() throws IOException {
        Segments.flip(storage, LIVE, WatermarkSlot.offset(0) + 20);
        Segments.flip(storage, LIVE, WatermarkSlot.offset(1) + 20);
        isRefused(HeaderCorrupt.class, "both watermark slots");
    }

    /** {@link LiveRecovery} V3: without watermarks a hole can still be too large for a crash. */
    @Test
    void refusesAHoleFartherBackThanACrashCanTear() throws IOException {
        forgetWatermarks();
        int at = offsets.get(9);
        Segments.flip(storage, LIVE, at + 50);
        int last = offsets.get(offsets.size() - 2);
        int bound = 16 << 10;
        assertThat(last - at).isGreaterThan(bound);
        JournalConfig strict =
                TestJournal.config().withPayloadBytesMax(2_000).withFrameBufferBytes(bound, bound);
        isRefused(strict, DurableRegionDamaged.class, "hole", "offset=" + at, "sequence=10");

        List<Entry> replayed = new ArrayList<>();
        try (Journal journal = TestJournal.open(storage, clock, replayed)) {
            assertThat(journal.report().tail().hasLaterEntries()).isTrue();
            assertThat(journal.report().tail().droppedBytes())
                    .isEqualTo(offsets.get(offsets.size() - 1) - at);
        }
        assertThat(replayed).isEqualTo(written.subList(0, 9));
        assertThat(storage.bytes(LIVE).length).isGreaterThan(TestJournal.PREZEROED_BYTES);
    }

    @Test
    void zeroesTheWholeTornTail() throws IOException {
        forgetWatermarks();
        int at = offsets.get(9);
        Segments.flip(storage, LIVE, at + 50);
        TestJournal.open(storage, clock, new ArrayList<>()).close();

        byte[] bytes = storage.bytes(LIVE);
        assertThat(Arrays.copyOfRange(bytes, at, bytes.length)).containsOnly(0);
    }

    @Test
    void wrapsWhatTheStorageThrows() {
        storage.hook((call, file, offset, bytes) -> {
            throw new IOException("Read-only file system");
        });
        assertThatThrownBy(() -> TestJournal.open(storage, clock, new ArrayList<>()))
                .isInstanceOf(JournalIoFailure.class)
                .hasMessageContaining("Read-only file system")
                .hasCauseInstanceOf(IOException.class);
        assertThat(storage.isLocked()).isFalse();
    }

    @Test
    void readsTheEpochAndTicksBack() {
        MemoryStorage other = new MemoryStorage();
        try (Journal journal = TestJournal.open(other, clock, new ArrayList<>())) {
            ByteBuffer epoch = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 12);
            EventHeader header = new EventHeader().event(EventKind.EPOCH, 1, 5);
            assertThat(journal.frames().tryAppend(header, epoch)).isTrue();
            assertThat(
                            journal.frames()
                                    .tryAppend(
                                            header.event(EventKind.TICK, 2, 9),
                                            ByteBuffer.allocate(0)))
                    .isTrue();
            journal.frames().publish();
            journal.writer().writeAndForce(journal.frames());
        }
        try (Journal journal = TestJournal.open(other, clock, new ArrayList<>())) {
            assertThat(journal.report().epoch()).isEqualTo(12);
            assertThat(journal.report().lastTimeNs()).isEqualTo(9);
        }
    }
}
