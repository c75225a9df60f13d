package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import io.melin.journal.JournalException.DurableRegionDamaged;
import io.melin.journal.JournalException.ForeignSegment;
import io.melin.journal.JournalException.MissingHistoryPrefix;
import io.melin.journal.JournalException.SegmentChainBreak;
import io.melin.journal.JournalException.SegmentTruncated;
import io.melin.journal.JournalException.SnapshotChainMismatch;
import io.melin.journal.JournalException.SnapshotLineageMismatch;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link JournalTail} behind a writer, over rotations, and with damage. */
class JournalTailTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final Clock clock = new Clock();
    private final Follower follower = new Follower();

    private JournalTail tail(long sequence) throws IOException {
        JournalTail tail = new JournalTail(storage, Segments.LIVE, follower);
        tail.begin(sequence);
        return tail;
    }

    private static List<Entry> drain(JournalTail tail, DurableProgress durable) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (tail.next(durable)) {
            assertThat(tail.header().sequence()).isEqualTo(tail.sequence());
            entries.add(Entry.of(tail.header(), tail.payload()));
        }
        return entries;
    }

    /** What a rotation leaves: sealed under the same handle, then renamed; the next one begun. */
    private void rotate() throws IOException {
        byte[] bytes = storage.bytes(Segments.LIVE);
        SegmentHeader header = Segments.header(storage, Segments.LIVE);
        ByteBuffer page = ByteBuffer.allocate(SegmentHeader.PAGE_BYTES);
        Segments.seal(bytes, header).write(page, 0, new Crc32c());
        try (StorageFile live = storage.openWrite(Segments.LIVE)) {
            live.writeFully(page, SegmentHeader.SEAL_PAGE);
        }
        storage.rename(Segments.LIVE, Segments.archive(header.segment()));
    }

    private DurableProgress end(long segment) throws IOException {
        SealRecord seal =
                Segments.seal(
                        storage.bytes(Segments.LIVE), Segments.header(storage, Segments.LIVE));
        return new DurableProgress(seal.lastSequence(), segment, seal.validEnd());
    }

    /** X1: and never a byte more, though the file holds more. */
    @Test
    void givesWhatIsDurableAndNothingBehindIt() throws IOException {
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            JournalTail tail = tail(0);
            List<Entry> written = new ArrayList<>();
            List<Entry> read = new ArrayList<>();
            Random random = new Random(4);
            for (int batch = 0; batch < 60; batch++) {
                DurableProgress before = journal.writer().durableProgress();
                for (int i = 0; i <= random.nextInt(5); i++) {
                    TestJournal.append(journal.frames(), written.size() + 1, random, written);
                }
                journal.frames().publish();
                journal.writer().writeAndForce(journal.frames());
                read.addAll(drain(tail, before));
                assertThat(tail.sequence()).isEqualTo(before.sequence());
                assertThat(tail.offset()).isEqualTo(before.offset());
            }
            read.addAll(drain(tail, journal.writer().durableProgress()));
            assertThat(read).isEqualTo(written);
            assertThat(tail.chain()).isEqualTo(journal.writer().chainHash());
            assertThat(tail.lineage()).isEqualTo(journal.report().lineage());
        }
    }

    /** X2 and X3, over three hand-made rotations, one of an empty segment. */
    @Test
    void followsRotationsUnderItsOpenHandle() throws IOException {
        List<Entry> written = new ArrayList<>();
        List<Entry> read = new ArrayList<>();
        assertThat(follower.needs(Long.MAX_VALUE - 1)).isFalse();
        JournalTail tail = new JournalTail(storage, Segments.LIVE, follower);
        assertThat(follower.needs(1)).as("before it has begun").isTrue();
        for (int segment = 1; segment <= 4; segment++) {
            DurableProgress durable;
            try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
                if (segment != 3) {
                    written.addAll(TestJournal.fill(journal, clock, 60_000, segment));
                }
                durable = journal.writer().durableProgress();
                if (segment == 1) {
                    tail.begin(0);
                }
            }
            if (segment == 2) {
                read.addAll(drain(tail, new DurableProgress(0, 2, SegmentHeader.ENTRIES)));
            } else {
                read.addAll(drain(tail, durable));
                assertThat(read).isEqualTo(written);
            }
            assertThat(follower.needs(segment)).isTrue();
            assertThat(follower.needs(segment - 1)).isFalse();
            if (segment < 4) {
                rotate();
                assertThat(drain(tail, new DurableProgress(0, segment, 0))).isEmpty();
            }
        }
        assertThat(read).isEqualTo(written);
        tail.close();
        assertThat(follower.needs(4)).as("nobody follows").isFalse();
    }

    /** From every entry on, whichever segment holds it. */
    @Test
    void beginsWithTheNewestSegmentThatReachesAnEntry() throws IOException {
        List<Entry> written = Segments.threeArchives(storage);
        DurableProgress durable = end(4);
        for (int sequence = 0; sequence <= written.size(); sequence++) {
            try (JournalTail tail = tail(sequence)) {
                long first = tail.sequence();
                assertThat(first).isLessThanOrEqualTo(sequence);
                assertThat(drain(tail, durable))
                        .isEqualTo(written.subList((int) first, written.size()));
            }
        }
        storage.remove(Segments.archive(1));
        assertThatThrownBy(() -> tail(0)).isInstanceOf(MissingHistoryPrefix.class);
    }

    /** A flipped bit anywhere below the durable point, in a live segment and in archives. */
    @Test
    void raisesATypedAlarmForEveryFlippedByte() throws IOException {
        List<Entry> written = Segments.threeArchives(storage);
        DurableProgress durable = end(4);
        Random random = new Random(6);
        for (String name : List.of(Segments.archive(2), Segments.LIVE)) {
            byte[] whole = storage.bytes(name);
            int end = (int) Segments.seal(whole, Segments.header(storage, name)).validEnd();
            for (int at = SegmentHeader.ENTRIES; at < end; at += 1 + random.nextInt(7)) {
                Segments.flip(storage, name, at);
                try (JournalTail tail = tail(0)) {
                    List<Entry> read = new ArrayList<>();
                    int where = at;
                    assertThatThrownBy(
                                    () -> {
                                        while (tail.next(durable)) {
                                            read.add(Entry.of(tail.header(), tail.payload()));
                                        }
                                    })
                            .as("file=%s, at=%d", name, at)
                            .isInstanceOfSatisfying(
                                    JournalException.class,
                                    e -> assertThat(e.offset()).isLessThanOrEqualTo(where));
                    assertThat(read).isEqualTo(written.subList(0, read.size()));
                }
                storage.put(name, whole);
            }
        }
    }

    @Test
    void raisesAnAlarmForALostWriteAndForACutFile() throws IOException {
        Segments.threeArchives(storage);
        DurableProgress durable = end(4);
        byte[] whole = storage.bytes(Segments.LIVE);
        List<Integer> offsets = Segments.offsets(whole);
        int last = offsets.get(offsets.size() - 2);
        Segments.patch(storage, Segments.LIVE, last, new byte[(int) durable.offset() - last]);
        assertThatThrownBy(() -> drain(tail(1_000_000), durable))
                .isInstanceOf(DurableRegionDamaged.class)
                .hasMessageContaining("offset=" + last)
                .hasMessageContaining("the node goes on");

        storage.put(Segments.LIVE, Arrays.copyOf(whole, last + 8));
        assertThatThrownBy(() -> drain(tail(1_000_000), durable))
                .isInstanceOf(DurableRegionDamaged.class);
    }

    @Test
    void raisesAnAlarmWhereSegmentsDoNotFollowEachOther() throws IOException {
        Segments.threeArchives(storage);
        DurableProgress durable = end(4);
        byte[] third = storage.bytes(Segments.archive(3));
        SegmentHeader header = Segments.header(storage, Segments.archive(3));

        Segments.header(
                storage,
                Segments.archive(3),
                Segments.withAnchor(header, ChainHash.of(new byte[32])));
        assertThatThrownBy(() -> drain(tail(0), durable)).isInstanceOf(SegmentChainBreak.class);

        Segments.header(
                storage,
                Segments.archive(3),
                new SegmentHeader(
                        1, 1, new UUID(1, 2), 3, header.startSequence(), 0, 0, header.anchor()));
        assertThatThrownBy(() -> drain(tail(0), durable)).isInstanceOf(ForeignSegment.class);

        storage.put(Segments.archive(3), third);
        Segments.patch(
                storage,
                Segments.archive(2),
                SegmentHeader.SEAL_PAGE,
                new byte[SegmentHeader.PAGE_BYTES]);
        assertThatThrownBy(() -> drain(tail(0), durable)).isInstanceOf(SegmentTruncated.class);
    }

    @Test
    void waitsForASegmentThatIsNotThereYet() throws IOException {
        Segments.threeArchives(storage);
        DurableProgress durable = end(4);
        byte[] live = storage.bytes(Segments.LIVE);
        storage.remove(Segments.LIVE);
        byte[] third = storage.bytes(Segments.archive(3));
        storage.remove(Segments.archive(3));
        storage.put(Segments.LIVE, live);
        JournalTail tail = new JournalTail(storage, Segments.LIVE, follower);
        tail.begin(0);
        long first = drain(tail, durable).size();
        assertThat(tail.next(durable)).isFalse();

        storage.put(Segments.archive(3), third);
        assertThat(drain(tail, durable)).hasSize((int) (durable.sequence() - first));
    }

    @Test
    void provesAKeptStateWhereItStands() throws IOException {
        Segments.threeArchives(storage);
        DurableProgress durable = end(4);
        JournalTail tail = tail(0);
        for (int i = 0; i < 9; i++) {
            tail.next(durable);
        }
        ChainHash chain = tail.chain();
        UUID lineage = tail.lineage();
        tail.prove(new ReplayStart.After(lineage, 9, 0, 0, chain));

        assertThatThrownBy(() -> tail.prove(new ReplayStart.After(new UUID(1, 2), 9, 0, 0, chain)))
                .isInstanceOf(SnapshotLineageMismatch.class);
        ChainHash other = ChainHash.of(new byte[32]);
        assertThatThrownBy(() -> tail.prove(new ReplayStart.After(lineage, 9, 0, 0, other)))
                .isInstanceOf(SnapshotChainMismatch.class)
                .hasMessageContaining("segment=1")
                .hasMessageContaining("sequence=9");
    }
}
