package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import io.melin.storage.FileSystemStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
}
