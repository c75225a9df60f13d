package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import io.melin.storage.FileSystemStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final Clock clock = new Clock();

    @Test
    void isCreatedOnceAndContinuedAfterEachStart() {
        List<Entry> expected = new ArrayList<>();
        for (int start = 0; start < 5; start++) {
            List<Entry> replayed = new ArrayList<>();
            try (Journal journal = TestJournal.open(storage, clock, replayed)) {
                assertThat(replayed).isEqualTo(expected);
                assertThat(journal.report().isCreated()).isEqualTo(start == 0);
                assertThat(journal.report().lastSequence()).isEqualTo(expected.size());
                assertThat(journal.report().tail().droppedBytes()).isZero();
                long end = journal.report().validEnd() + 150_000;
                expected.addAll(TestJournal.fill(journal, clock, end, start));
            }
        }

        assertThat(TestJournal.replay(storage)).isEqualTo(expected);
    }

    /** Its zeros take some time to read, and a start would wait for it. */
    @Test
    void aSegmentThatWasJustMadeIsNotReadBack() {
        TestJournal.open(storage, clock, new ArrayList<>()).close();
        assertThat(storage.readBytes()).isZero();

        assertThat(TestJournal.replay(storage)).isEmpty();
        assertThat(storage.readBytes()).isGreaterThan(TestJournal.PREZEROED_BYTES);
    }

    /** The first sync of entries covers them; one of tens of megabytes would delay a start. */
    @Test
    void noStartWaitsForZerosUnlessThereIsMoreToSync() {
        List<String> syncs = new ArrayList<>();
        storage.hook((call, file, offset, bytes) -> {
            if (call.equals("force") || call.equals("beginForce")) {
                syncs.add(call);
            }
            return bytes;
        });

        TestJournal.open(storage, clock, new ArrayList<>()).close();
        assertThat(syncs)
                .containsExactly("force", "beginForce"); // header and first zeros, the rest

        syncs.clear();
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            assertThat(syncs).containsExactly("beginForce");
            TestJournal.fill(journal, clock, journal.report().validEnd() + 1_000, 1);
        }

        syncs.clear();
        TestJournal.open(storage, clock, new ArrayList<>());
        assertThat(syncs).startsWith("force");
    }

    @Test
    void worksOnTheRealDisk(@TempDir Path directory) {
        FileSystemStorage disk = FileSystemStorage.INSTANCE;
        JournalConfig config =
                JournalConfig.of(directory, 1, 1).withPrezeroedBytes(TestJournal.PREZEROED_BYTES);
        List<Entry> written;
        try (Journal journal =
                Journal.open(config, new JournalPorts(disk, clock), (h, p, v) -> {})) {
            written = TestJournal.fill(journal, clock, 400_000, 1);
        }

        List<Entry> replayed = new ArrayList<>();
        Journal.open(
                        config,
                        new JournalPorts(disk, clock),
                        (header, payload, version) -> replayed.add(Entry.of(header, payload)))
                .close();

        assertThat(replayed).isEqualTo(written);
    }

    @Test
    void isLockedWhileOpen() {
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            assertThatThrownBy(() -> TestJournal.replay(storage))
                    .isInstanceOf(JournalException.JournalLocked.class)
                    .hasMessageContaining("pid 1");
            assertThat(journal.report().isCreated()).isTrue();
        }

        assertThat(storage.isLocked()).isFalse();
        assertThat(TestJournal.replay(storage)).isEmpty();
    }

    @Test
    void isLockedOnTheRealDiskToo(@TempDir Path directory) {
        JournalConfig config =
                JournalConfig.of(directory, 1, 1).withPrezeroedBytes(TestJournal.PREZEROED_BYTES);
        JournalPorts ports = new JournalPorts(FileSystemStorage.INSTANCE, clock);
        try (Journal journal = Journal.open(config, ports, (header, payload, version) -> {})) {
            assertThatThrownBy(() -> Journal.open(config, ports, (h, p, v) -> {}))
                    .isInstanceOf(JournalException.JournalLocked.class)
                    .satisfies(e ->
                            assertThat(((JournalException.JournalLocked) e).holder())
                                    .isEqualTo("this process"));
            assertThat(journal.report().isCreated()).isTrue();
        }
        Journal.open(config, ports, (header, payload, version) -> {}).close();
    }

    @Test
    void takesPayloadsOfNothingOneByteAndTheLimit() {
        int limit = TestJournal.config().payloadBytesMax();
        List<Integer> sizes = List.of(0, 1, limit - 1, limit, 0, limit, 1);
        Random random = new Random(1);
        List<Entry> written = new ArrayList<>();
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            for (int size : sizes) {
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                EventHeader header =
                        new EventHeader().event(EventKind.APP, written.size() + 1L, size);
                ByteBuffer payload = ByteBuffer.wrap(bytes);
                assertThat(journal.frames().tryAppend(header, payload)).isTrue();
                written.add(Entry.of(header, payload));
                journal.frames().publish();
                assertThat(journal.writer().writeAndForce(journal.frames())).isTrue();
            }
            EventHeader next = new EventHeader().event(EventKind.APP, written.size() + 1L, 0);
            assertThatThrownBy(
                            () -> journal.frames().tryAppend(next, ByteBuffer.allocate(limit + 1)))
                    .isInstanceOf(AssertionError.class);
        }

        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    /** {@link SegmentCreation} C1, {@link Recovery} Y2: a start after any failed call. */
    @Test
    void isCreatedWholeOrNotAtAll() {
        int calls = changesOfAFirstStart();
        assertThat(calls).isGreaterThan(5);
        for (int n = 1; n <= calls; n++) {
            MemoryStorage other = new MemoryStorage();
            int at = n;
            other.hook((call, file, offset, bytes) -> {
                if (other.changes() == at) {
                    throw new IOException("Input/output error");
                }
                return bytes;
            });
            assertThatThrownBy(() -> TestJournal.open(other, clock, new ArrayList<>()))
                    .as("call %d", n)
                    .isInstanceOf(JournalException.JournalIoFailure.class);
            assertThat(other.isLocked()).isFalse();
            assertThat(other.changes()).isEqualTo(n);

            other.hook((call, file, offset, bytes) -> bytes);
            assertThat(TestJournal.replay(other)).isEmpty();
            assertThat(other.list()).containsExactly(Segments.LIVE);
        }
    }

    private int changesOfAFirstStart() {
        MemoryStorage other = new MemoryStorage();
        Journal journal = TestJournal.open(other, clock, new ArrayList<>());
        int changes = other.changes();
        journal.close();
        return changes;
    }

    /** {@link Recovery} Y3: for entries in the page cache alone, and for a rename without sync. */
    @Test
    void syncsWhatItReplayedAndItsNamesBeforeAnythingIsServed() {
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            TestJournal.fill(journal, clock, 20_000, 1);
        }
        List<String> calls = new ArrayList<>();
        storage.hook((call, file, offset, bytes) -> {
            calls.add(call);
            return bytes;
        });
        Journal journal = TestJournal.open(storage, clock, new ArrayList<>());

        assertThat(calls).startsWith("sync").contains("force").doesNotContain("create", "delete");
        journal.close();
    }
}
