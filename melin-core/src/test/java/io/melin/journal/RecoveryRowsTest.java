package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.event.EventHeader;
import io.melin.integrity.ChainHash;
import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.DurableRegionDamaged;
import io.melin.journal.JournalException.EntryCorrupt;
import io.melin.journal.JournalException.JournalMissing;
import io.melin.journal.JournalException.MissingHistoryPrefix;
import io.melin.journal.JournalException.NoUsableSnapshot;
import io.melin.journal.JournalException.SegmentChainBreak;
import io.melin.journal.JournalException.SnapshotAheadOfJournal;
import io.melin.journal.JournalException.SnapshotChainMismatch;
import io.melin.journal.JournalException.SnapshotLineageMismatch;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rows of the recovery table that have to do with snapshots, and those without any, over three
 * archives and a live segment. What a snapshot holds is not looked at here, only where it stands.
 */
class RecoveryRowsTest {
    private static final String SNAPSHOT = "melin.journal.snap.00000000000000000005";

    private final MemoryStorage storage = new MemoryStorage();
    private final Clock clock = new Clock();
    private List<Entry> written = List.of();
    private UUID lineage = new UUID(0, 0);

    @BeforeEach
    void writeThreeArchivesAndALiveSegment() throws IOException {
        written = Segments.threeArchives(storage);
        lineage = Segments.header(storage, Segments.LIVE).lineage();
    }

    /** Begins where it is told, and keeps what it gets. */
    private static final class Kept implements Replay {
        private final ReplayStart start;
        private final List<Entry> replayed = new ArrayList<>();
        private int asked;

        Kept(ReplayStart start) {
            this.start = start;
        }

        @Override
        public ReplayStart begin(StorageDirectory directory) {
            asked++;
            return start;
        }

        @Override
        public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {
            replayed.add(Entry.of(header, payload));
        }
    }

    private Journal open(Replay replay) {
        return Journal.open(
                TestJournal.config(),
                new JournalPorts(storage, clock, () -> false, new Random(1)),
                replay);
    }

    private ReplayStart.After after(long sequence) throws IOException {
        return new ReplayStart.After(lineage, sequence, 3, 77, chain(sequence));
    }

    /** Over the segment that holds the entry, from its raw bytes. */
    private ChainHash chain(long sequence) throws IOException {
        List<String> names = new ArrayList<>(storage.list());
        names.removeIf(name -> name.endsWith(".lock") || name.contains(".snap."));
        names.remove(Segments.LIVE);
        names.add(Segments.LIVE);
        for (String name : names) {
            SegmentHeader header = Segments.header(storage, name);
            byte[] bytes = storage.bytes(name);
            List<Integer> offsets = Segments.offsets(bytes);
            long index = sequence - header.startSequence() + 1;
            if (index >= 0 && index < offsets.size()) {
                HashChain chain = new HashChain(header.anchor());
                int end = offsets.get((int) index);
                chain.update(
                        ByteBuffer.wrap(bytes, SegmentHeader.ENTRIES, end - SegmentHeader.ENTRIES));
                return chain.value();
            }
        }
        throw new AssertionError("no such entry: sequence=" + sequence);
    }

    private void goesOnBehind(long sequence) throws IOException {
        Kept kept = new Kept(after(sequence));
        try (Journal journal = open(kept)) {
            assertThat(kept.replayed)
                    .as("after=%d", sequence)
                    .isEqualTo(written.subList((int) sequence, written.size()));
            assertThat(kept.asked).isEqualTo(1);
            RecoveryReport report = journal.report();
            assertThat(report.replayed())
                    .isEqualTo(new RecoveryReport.Replayed(sequence, written.size() - sequence));
            assertThat(report.entries()).isEqualTo(written.size() - sequence);
            assertThat(report.lastSequence()).isEqualTo(written.size());
            assertThat(report.epoch()).isEqualTo(3);
            assertThat(report.isCreated()).isFalse();
        }
    }

    private JournalException isRefused(
            ReplayStart start, Class<? extends JournalException> type, String... words) {
        Map<String, String> before = storage.state();
        Kept kept = new Kept(start);
        JournalException[] found = new JournalException[1];
        assertThatThrownBy(() -> open(kept))
                .isInstanceOf(type)
                .hasMessageContaining("path=memory/")
                .satisfies(e ->
                        List.of(words).forEach(word -> assertThat(e).hasMessageContaining(word)))
                .satisfies(e -> found[0] = (JournalException) e);
        assertThat(storage.state()).as("nothing was changed").isEqualTo(before);
        assertThat(storage.isLocked()).isFalse();
        assertThat(found[0].hint()).contains("nothing was changed");
        return found[0];
    }

    private long start(String name) throws IOException {
        return Segments.header(storage, name).startSequence();
    }

    /** Row 1. */
    @Test
    void createsWhereThereIsNothingAndAsksForNoSnapshot() {
        storage.list().forEach(storage::remove);
        Kept kept = new Kept(ReplayStart.Beginning.INSTANCE);
        try (Journal journal = open(kept)) {
            assertThat(journal.report().isCreated()).isTrue();
        }
        assertThat(kept.asked).isZero();
    }

    /** Rows 2, 3 and 4. */
    @Test
    void replaysEverythingWithoutASnapshot() throws IOException {
        Kept kept = new Kept(ReplayStart.Beginning.INSTANCE);
        open(kept).close();
        assertThat(kept.replayed).isEqualTo(written);

        Segments.rotate(storage);
        kept.replayed.clear();
        open(kept).close();
        assertThat(kept.replayed).isEqualTo(written);

        Segments.rotate(storage);
        kept.replayed.clear();
        open(kept).close();
        assertThat(kept.replayed).as("the last archive is empty").isEqualTo(written);
    }

    /** Row 5. */
    @Test
    void refusesSnapshotsWithoutAJournal() {
        storage.list().forEach(storage::remove);
        storage.put(SNAPSHOT, new byte[9]);

        isRefused(ReplayStart.Beginning.INSTANCE, JournalMissing.class, "melin.journal");
    }

    /** Rows 6, 24 and 31: behind every entry there is, the first of none included. */
    @Test
    void goesOnBehindASnapshotOfAnyEntry() throws IOException {
        for (int sequence = 0; sequence <= written.size(); sequence++) {
            goesOnBehind(sequence);
        }
    }

    /** B1 of {@link RecoveryStart}: what is not needed may be missing, or damaged. */
    @Test
    void readsNoSegmentThatLiesWhollyBeforeTheSnapshot() throws IOException {
        long third = start(Segments.archive(3));
        storage.remove(Segments.archive(1));
        Segments.flip(storage, Segments.archive(2), 20_000);
        goesOnBehind(third - 1);
        goesOnBehind(third + 4);

        Segments.flip(storage, Segments.archive(3), 20_000);
        goesOnBehind(start(Segments.LIVE) - 1);
        goesOnBehind(start(Segments.LIVE) + 4);
    }

    /** Row 23, and row 24: the segment that held the snapshot's last entry is gone as well. */
    @Test
    void goesOnBehindASnapshotThatCoversWhatWasTrimmed() throws IOException {
        storage.remove(Segments.archive(1));
        storage.remove(Segments.archive(2));
        long first = start(Segments.archive(3));

        for (long sequence = first - 1; sequence <= written.size(); sequence++) {
            ReplayStart.After after =
                    sequence == first - 1
                            ? new ReplayStart.After(
                                    lineage,
                                    sequence,
                                    0,
                                    0,
                                    Segments.header(storage, Segments.archive(3)).anchor())
                            : after(sequence);
            Kept kept = new Kept(after);
            open(kept).close();
            assertThat(kept.replayed).isEqualTo(written.subList((int) sequence, written.size()));
        }
    }

    /** Row 22. */
    @Test
    void refusesHistoryThatBeginsBehindTheSnapshot() throws IOException {
        long first = start(Segments.archive(2));
        ReplayStart.After after = after(first - 2);
        storage.remove(Segments.archive(1));

        isRefused(
                after,
                MissingHistoryPrefix.class,
                "expected=" + (first - 1),
                "found=" + first,
                "segment=2");
        isRefused(ReplayStart.Beginning.INSTANCE, MissingHistoryPrefix.class, "expected=1");
    }

    /** Row 29: bytes that a watermark does not cover were durable all the same. */
    @Test
    void refusesASnapshotAheadOfTheJournal() throws IOException {
        ReplayStart.After after = after(written.size());
        byte[] live = storage.bytes(Segments.LIVE);
        List<Integer> offsets = Segments.offsets(live);
        Arrays.fill(live, SegmentHeader.WATERMARK_PAGES, SegmentHeader.SEAL_PAGE, (byte) 0);
        Arrays.fill(live, offsets.get(offsets.size() - 2), live.length, (byte) 0);
        storage.put(Segments.LIVE, live);

        JournalException found =
                isRefused(
                        after,
                        SnapshotAheadOfJournal.class,
                        "expected=" + written.size(),
                        "found=" + (written.size() - 1));
        assertThat(found.sequence()).isEqualTo(written.size() - 1);
        assertThat(found.hint()).contains("move the snapshots behind its end away");
    }

    /** Row 29, with nothing but archives: before a live segment is made. */
    @Test
    void refusesASnapshotAheadOfTheLastArchiveAndMakesNoLiveSegment() throws IOException {
        ReplayStart.After after = after(written.size());
        storage.remove(Segments.LIVE);

        isRefused(after, SnapshotAheadOfJournal.class, "expected=" + written.size());
    }

    /** What is below the watermark is damage first, whatever a snapshot says. */
    @Test
    void namesDamageBeforeASnapshotThatIsAhead() throws IOException {
        ReplayStart.After after = after(written.size());
        byte[] live = storage.bytes(Segments.LIVE);
        Arrays.fill(live, SegmentHeader.ENTRIES + 64, live.length, (byte) 0);
        storage.put(Segments.LIVE, live);

        isRefused(after, DurableRegionDamaged.class);
    }

    /** Row 30: at each entry, in a live segment and in an archive, and not an entry replayed. */
    @Test
    void refusesAnotherChain() throws IOException {
        for (long sequence = 0; sequence <= written.size(); sequence += 7) {
            ReplayStart.After good = after(sequence);
            ReplayStart.After bad =
                    new ReplayStart.After(
                            lineage, sequence, 0, 0, ChainHash.of(new byte[ChainHash.BYTES]));
            JournalException found =
                    isRefused(
                            bad,
                            SnapshotChainMismatch.class,
                            "expected=" + bad.chain(),
                            "found=" + good.chain(),
                            "offset=");
            assertThat(found.sequence()).isEqualTo(sequence);
        }
    }

    /** Row 27 with a snapshot behind it: the checksum is good, the history is another one. */
    @Test
    void refusesARewrittenEntryBeforeTheSnapshotInTheLiveSegment() throws IOException {
        ReplayStart.After after = after(written.size());
        int at = Segments.offsets(storage.bytes(Segments.LIVE)).get(3);
        Segments.rewriteEntry(storage, Segments.LIVE, at, EntryFrame.ID_LOW, 77);

        isRefused(after, SnapshotChainMismatch.class);
    }

    /** Rows 15 and 26: damage of an archive is named as such, also with a snapshot in it. */
    @Test
    void namesDamageOfAnArchiveBeforeTheSnapshotInIt() throws IOException {
        ReplayStart.After after = after(start(Segments.archive(3)) + 8);
        int at = Segments.offsets(storage.bytes(Segments.archive(3))).get(3);
        byte[] whole = storage.bytes(Segments.archive(3));
        Segments.rewriteEntry(storage, Segments.archive(3), at, EntryFrame.ID_LOW, 77);
        isRefused(after, SegmentChainBreak.class, "segment=3");

        storage.put(Segments.archive(3), whole);
        Segments.flip(storage, Segments.archive(3), at + 41);
        isRefused(after, EntryCorrupt.class, "offset=" + at);
    }

    /** Row 30. */
    @Test
    void refusesASnapshotOfAnotherJournal() throws IOException {
        UUID other = new UUID(1, 2);
        ReplayStart.After after = new ReplayStart.After(other, 5, 0, 0, chain(5));

        isRefused(after, SnapshotLineageMismatch.class, "expected=" + lineage, "found=" + other);
        storage.remove(Segments.archive(1));
        isRefused(after, SnapshotLineageMismatch.class);
    }

    /** Row 33. */
    @Test
    void replaysEverythingIfAllSnapshotsAreDamagedAndRefusesIfItCannot() throws IOException {
        Kept kept = new Kept(new ReplayStart.Damaged(2));
        open(kept).close();
        assertThat(kept.replayed).isEqualTo(written);

        storage.remove(Segments.archive(1));
        isRefused(new ReplayStart.Damaged(2), NoUsableSnapshot.class, "expected=1", "segment=2");
    }

    /** What is restored elsewhere fails: nothing was changed, the lock is free. */
    @Test
    void leavesNothingBehindIfTheSnapshotsCannotBeRead() {
        Map<String, String> before = storage.state();
        Replay failing =
                new Replay() {
                    @Override
                    public ReplayStart begin(StorageDirectory directory) {
                        throw new IllegalStateException("not today");
                    }

                    @Override
                    public void onEntry(EventHeader header, ByteBuffer payload, int version) {}
                };
        assertThatThrownBy(() -> open(failing)).hasMessage("not today");
        assertThat(storage.state()).isEqualTo(before);
        assertThat(storage.isLocked()).isFalse();
    }
}
