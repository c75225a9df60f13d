package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import io.melin.journal.JournalException.DuplicateSegmentIndex;
import io.melin.journal.JournalException.EntryCorrupt;
import io.melin.journal.JournalException.ForeignSegment;
import io.melin.journal.JournalException.MissingHistoryPrefix;
import io.melin.journal.JournalException.MissingSegment;
import io.melin.journal.JournalException.SegmentChainBreak;
import io.melin.journal.JournalException.SegmentTruncated;
import io.melin.journal.JournalException.SequenceGap;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three archives and a live segment, as they are and with each kind of damage. */
class LineageTest {
    private final MemoryStorage storage = new MemoryStorage();
    private List<Entry> written = List.of();

    @BeforeEach
    void writeThreeArchivesAndALiveSegment() throws IOException {
        written = Segments.threeArchives(storage);
    }

    private List<Integer> offsets(int archive) throws IOException {
        return Segments.offsets(storage.bytes(Segments.archive(archive)));
    }

    private void isRefused(Class<? extends JournalException> type, String... words) {
        Map<String, String> before = storage.state();
        List<Entry> replayed = new ArrayList<>();
        assertThatThrownBy(() -> TestJournal.open(storage, new Clock(), replayed))
                .isInstanceOf(type)
                .hasMessageContainingAll(words);
        assertThat(storage.state()).isEqualTo(before);
        assertThat(storage.isLocked()).isFalse();
        assertThat(replayed).isEqualTo(written.subList(0, replayed.size()));
    }

    @Test
    void isReplayedFromTheFirstArchiveToTheLiveSegment() {
        List<Entry> replayed = new ArrayList<>();
        try (Journal journal = TestJournal.open(storage, new Clock(), replayed)) {
            assertThat(replayed).isEqualTo(written);
            assertThat(journal.report().segment()).isEqualTo(4);
            assertThat(journal.report().entries()).isEqualTo(written.size());
            assertThat(journal.report().lastTimeNs()).isEqualTo(1_000_000 + written.size());
            assertThat(journal.report().isCreated()).isFalse();
        }
    }

    @Test
    void givesTheCodecVersionOfEachSegment() throws IOException {
        MemoryStorage other = new MemoryStorage();
        Clock clock = new Clock();
        JournalConfig first = TestJournal.config();
        try (Journal journal =
                Journal.open(first, new JournalPorts(other, clock), (h, p, v) -> {})) {
            TestJournal.fill(journal, clock, 20_000, 1);
        }
        Segments.rotate(other);
        JournalConfig second =
                JournalConfig.of(first.directory(), 2, 1)
                        .withVersions(new Versions(2, 1, 1, 1))
                        .withPrezeroedBytes(TestJournal.PREZEROED_BYTES);
        List<Integer> versions = new ArrayList<>();
        for (int start = 0; start < 2; start++) {
            versions.clear();
            try (Journal journal =
                    Journal.open(
                            second,
                            new JournalPorts(other, clock),
                            (header, payload, version) -> versions.add(version))) {
                TestJournal.fill(journal, clock, 20_000, start);
            }
        }

        assertThat(versions).contains(1, 2).isSorted();
    }

    /** Rows 3 and 7: archives end cleanly, the live segment never got its name or its bytes. */
    @Test
    void goesOnBehindTheLastArchiveWithoutALiveSegment() throws IOException {
        for (boolean isBlank : new boolean[] {false, true}) {
            MemoryStorage other = new MemoryStorage();
            List<Entry> all = Segments.threeArchives(other);
            Segments.rotate(other);
            if (isBlank) {
                other.put(Segments.LIVE, new byte[20_000]);
            }
            List<Entry> replayed = new ArrayList<>();
            Clock clock = new Clock();
            try (Journal journal = TestJournal.open(other, clock, replayed)) {
                assertThat(replayed).isEqualTo(all);
                assertThat(journal.report().segment()).isEqualTo(5);
                assertThat(journal.report().isCreated()).isFalse();
                assertThat(journal.report().tail().notes()).hasSize(1);
                all.addAll(TestJournal.fill(journal, clock, 30_000, 9));
            }

            assertThat(TestJournal.replay(other)).isEqualTo(all);
            SegmentHeader header = Segments.header(other, Segments.LIVE);
            assertThat(header.timeNs()).isEqualTo(1_000_000 + header.startSequence() - 1);
        }
    }

    /** Row 3: the newest archive has no successor that would remember it, only its seal. */
    @Test
    void refusesACutLastArchive() throws IOException {
        storage.remove(Segments.LIVE);
        byte[] whole = storage.bytes(Segments.archive(3));
        for (int length = SegmentHeader.ENTRIES; length < whole.length; length += 8) {
            storage.put(Segments.archive(3), Arrays.copyOf(whole, length));
            isRefused(SegmentTruncated.class, "melin.journal.000003", "segment=3");
        }
    }

    /** Row 37. */
    @Test
    void walksThroughAnEmptyArchive() throws IOException {
        MemoryStorage other = new MemoryStorage();
        List<Entry> all = Segments.threeArchives(other);
        Segments.rotate(other);
        TestJournal.replay(other);
        Segments.rotate(other);

        assertThat(TestJournal.replay(other)).isEqualTo(all);
        assertThat(Segments.header(other, Segments.LIVE).anchor())
                .isEqualTo(Segments.header(other, Segments.archive(5)).anchor());
        assertThat(Segments.header(other, Segments.LIVE).segment()).isEqualTo(6);
    }

    /** Row 21. */
    @Test
    void refusesAMissingMiddle() {
        storage.remove(Segments.archive(2));

        isRefused(MissingSegment.class, "expected=number 2", "found=number 3");
    }

    @Test
    void refusesAMissingLastArchive() {
        storage.remove(Segments.archive(3));

        isRefused(MissingSegment.class, "expected=number 3", "found=number 4");
    }

    /** Row 22. */
    @Test
    void refusesAMissingBeginning() {
        storage.remove(Segments.archive(1));

        isRefused(MissingHistoryPrefix.class, "expected=1", "segment=2");
    }

    /** Row 28. */
    @Test
    void refusesTwoArchivesOfOneNumber() throws IOException {
        storage.put("melin.journal.2", storage.bytes(Segments.archive(2)));

        isRefused(DuplicateSegmentIndex.class, "melin.journal.2", "melin.journal.000002");
    }

    @Test
    void refusesAnArchiveUnderTheNumberOfAnother() throws IOException {
        storage.put(Segments.archive(7), storage.bytes(Segments.archive(3)));
        storage.remove(Segments.archive(3));

        isRefused(MissingSegment.class, "melin.journal.000007", "number 7", "number 3");
    }

    /** Row 25. */
    @Test
    void refusesASegmentOfAnotherJournal() throws IOException {
        MemoryStorage other = new MemoryStorage();
        Clock clock = new Clock();
        Journal.open(TestJournal.config(), new JournalPorts(other, clock), (h, p, v) -> {}).close();
        SegmentHeader foreign = Segments.header(other, Segments.LIVE);
        SegmentHeader own = Segments.header(storage, Segments.archive(2));
        Segments.header(
                storage,
                Segments.archive(2),
                new SegmentHeader(
                        1, 1, foreign.lineage(), 2, own.startSequence(), 0, 0, own.anchor()));

        isRefused(ForeignSegment.class, "melin.journal.000002", foreign.lineage().toString());
    }

    /** Row 26: its own seal gives it away; without that, its successor does. */
    @Test
    void refusesARewrittenEntryOfAnArchive() throws IOException {
        int at = offsets(2).get(5);
        Segments.rewriteEntry(storage, Segments.archive(2), at, EntryFrame.ID_LOW, 77);
        isRefused(SegmentChainBreak.class, "melin.journal.000002");

        byte[] bytes = storage.bytes(Segments.archive(2));
        SegmentHeader header = Segments.header(storage, Segments.archive(2));
        SealRecord forged = Segments.seal(bytes, header);
        forged.write(ByteBuffer.wrap(bytes), SegmentHeader.SEAL_PAGE, new Crc32c());
        storage.put(Segments.archive(2), bytes);
        assertThatThrownBy(() -> TestJournal.replay(storage))
                .isInstanceOf(SegmentChainBreak.class)
                .hasMessageContaining("melin.journal.000003");
    }

    @Test
    void refusesAnotherAnchor() throws IOException {
        SegmentHeader live = Segments.header(storage, Segments.LIVE);
        Segments.header(
                storage, Segments.LIVE, Segments.withAnchor(live, ChainHash.of(new byte[32])));

        isRefused(SegmentChainBreak.class, "path=memory/melin.journal,", "segment=4");
    }

    /** Row 15: before a single entry of the archive is replayed. */
    @Test
    void refusesADamagedEntryOfAnArchiveAndNamesIt() throws IOException {
        int at = offsets(2).get(5);
        Segments.flip(storage, Segments.archive(2), at + 41);

        isRefused(EntryCorrupt.class, "offset=" + at, "segment=2", "sequence=");
    }

    /** Row 17. */
    @Test
    void refusesAHoleInAnArchive() throws IOException {
        List<Integer> offsets = offsets(2);
        int at = offsets.get(5);
        Segments.patch(storage, Segments.archive(2), at, new byte[offsets.get(6) - at]);

        isRefused(SegmentTruncated.class, "found=" + at);
    }

    /** Row 17. */
    @Test
    void refusesAGapInAnArchive() throws IOException {
        int at = offsets(2).get(5);
        byte[] bytes = storage.bytes(Segments.archive(2));
        Segments.rewriteEntry(
                storage, Segments.archive(2), at, EntryFrame.SEQUENCE + 2, bytes[at + 10] + 1);

        isRefused(SequenceGap.class, "offset=" + at);
    }

    @Test
    void refusesAnArchiveWithoutItsSeal() throws IOException {
        Segments.patch(
                storage,
                Segments.archive(2),
                SegmentHeader.SEAL_PAGE,
                new byte[SegmentHeader.PAGE_BYTES]);
        isRefused(SegmentTruncated.class, "no valid seal");

        Segments.flip(storage, Segments.archive(1), SegmentHeader.SEAL_PAGE + 9);
        isRefused(SegmentTruncated.class, "no valid seal", "000001");
    }

    /** Section 4, step 7: cutting an archive's zeros off is best effort. */
    @Test
    void takesZerosBehindAnArchiveAndNothingElse() throws IOException {
        byte[] bytes = storage.bytes(Segments.archive(2));
        byte[] padded = Arrays.copyOf(bytes, bytes.length + 10_000);
        storage.put(Segments.archive(2), padded);
        assertThat(TestJournal.replay(storage)).isEqualTo(written);

        padded[bytes.length + 5_000] = 1;
        storage.put(Segments.archive(2), padded);
        isRefused(EntryCorrupt.class, "not zero");
    }

    @Test
    void refusesAnArchiveOfAnotherApplicationVersion() throws IOException {
        SegmentHeader own = Segments.header(storage, Segments.archive(1));
        Segments.header(
                storage,
                Segments.archive(1),
                new SegmentHeader(1, 2, own.lineage(), 1, 1, 0, 0, own.anchor()));

        isRefused(UnsupportedAppVersion.class, "expected=1", "found=2", "000001");
    }

    /** A crash between writing the seal and the renames of a rotation. */
    @Test
    void clearsASealThatALiveSegmentStillHas() throws IOException {
        byte[] bytes = storage.bytes(Segments.LIVE);
        SealRecord seal = Segments.seal(bytes, Segments.header(storage, Segments.LIVE));
        seal.write(ByteBuffer.wrap(bytes), SegmentHeader.SEAL_PAGE, new Crc32c());
        storage.put(Segments.LIVE, bytes);
        List<Entry> replayed = new ArrayList<>();
        try (Journal journal = TestJournal.open(storage, new Clock(), replayed)) {
            assertThat(journal.report().tail().notes()).hasSize(1);
            assertThat(journal.report().tail().watermark()).isEqualTo(seal.validEnd());
        }

        assertThat(replayed).isEqualTo(written);
        assertThat(
                        Arrays.copyOfRange(
                                storage.bytes(Segments.LIVE),
                                SegmentHeader.SEAL_PAGE,
                                SegmentHeader.ENTRIES))
                .containsOnly(0);
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    /** Ruling 2.11: a seal counts as a watermark before it is cleared. */
    @Test
    void refusesALiveSegmentThatEndsBeforeItsSeal() throws IOException {
        byte[] bytes = storage.bytes(Segments.LIVE);
        SealRecord seal = Segments.seal(bytes, Segments.header(storage, Segments.LIVE));
        seal.write(ByteBuffer.wrap(bytes), SegmentHeader.SEAL_PAGE, new Crc32c());
        Arrays.fill(bytes, SegmentHeader.WATERMARK_PAGES, SegmentHeader.SEAL_PAGE, (byte) 0);
        Arrays.fill(bytes, (int) seal.validEnd() - 8, bytes.length, (byte) 0);
        storage.put(Segments.LIVE, bytes);

        isRefused(JournalException.DurableRegionDamaged.class, "offset " + seal.validEnd());
    }

    @Test
    void clearsATornSealOfALiveSegment() throws IOException {
        Segments.patch(storage, Segments.LIVE, SegmentHeader.SEAL_PAGE, new byte[] {77, 76, 78});

        assertThat(TestJournal.replay(storage)).isEqualTo(written);
        assertThat(storage.bytes(Segments.LIVE)[SegmentHeader.SEAL_PAGE]).isZero();
    }
}
