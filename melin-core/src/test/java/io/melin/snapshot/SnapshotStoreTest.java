package io.melin.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link SnapshotStore} on a real directory; power cuts and failing calls have tests of their own. */
class SnapshotStoreTest {
    @TempDir Path directory;

    private Snapshots snapshots;

    @BeforeEach
    void open() throws IOException {
        snapshots = new Snapshots(directory, 2);
    }

    private List<Long> sequences() throws IOException {
        return snapshots.store().list().stream().map(SnapshotFile::sequence).toList();
    }

    @Test
    void keepsTheNewestTwoAndListsThemFromTheNewest() throws IOException {
        for (long sequence : new long[] {9, 10, 100, 1_000}) {
            snapshots.save(sequence, 200);
        }

        assertThat(sequences()).containsExactly(1_000L, 100L);
        assertThat(snapshots.exists("melin.journal.snap.00000000000000001000")).isTrue();
    }

    /** K2: a start forgets what was verified, so the older one is read before the oldest goes. */
    @Test
    void countsNoDamagedSnapshotAmongThoseToKeep() throws IOException {
        snapshots.save(1, 200);
        SnapshotFile damaged = snapshots.save(2, 200);
        byte[] bytes = snapshots.bytes(damaged);
        bytes[200] ^= 1;
        snapshots.put(damaged, bytes);
        snapshots.reopen();
        snapshots.save(3, 200);
        assertThat(sequences()).containsExactly(3L, 2L, 1L);

        snapshots.save(4, 200);
        assertThat(sequences()).as("what is older than two good ones goes").containsExactly(4L, 3L);
    }

    @Test
    void replacesADamagedSnapshotOfTheSameSequence() throws IOException {
        SnapshotFile file = snapshots.save(5, 200);
        byte[] whole = snapshots.bytes(file);
        snapshots.put(file, new byte[3]);
        snapshots.reopen();
        snapshots.save(5, 200);

        assertThat(snapshots.bytes(file)).isEqualTo(whole);
    }

    /** K3: also when it is the caller who ends it. */
    @Test
    void leavesNothingOfASaveThatFails() throws IOException {
        snapshots.save(1, 200);
        for (int failing = 0; failing < 2; failing++) {
            boolean isPace = failing == 0;
            assertThatThrownBy(() ->
                            snapshots
                                    .store()
                                    .save(
                                            Snapshots.header(2),
                                            out -> {
                                                for (int i = 0; i < 100; i++) {
                                                    out.writeLong(i);
                                                }
                                                throw new IllegalStateException("application");
                                            },
                                            (file, offset, bytes) -> {
                                                if (isPace) {
                                                    throw new IOException("ended");
                                                }
                                            }))
                    .hasMessage(isPace ? "ended" : "application");
            assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
        }
        assertThat(sequences()).containsExactly(1L);
    }

    /** K1: and what an earlier process left under a temporary name is no snapshot. */
    @Test
    void deletesWhatAnInterruptedSaveLeft() throws IOException {
        snapshots.put(
                new SnapshotFile("melin.journal.snap.00000000000000000007.tmp", 7), new byte[9]);
        assertThat(sequences()).isEmpty();
        snapshots.save(8, 200);

        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void takesNoOtherFileForASnapshot() throws IOException {
        for (String name :
                List.of(
                        "melin.journal.snap.7",
                        "melin.journal.snap.0000000000000000000x",
                        "melin.journal.snap.99999999999999999999",
                        "melin.journal.snap.09223372036854775808",
                        "other.journal.snap.00000000000000000007",
                        "melin.journal.000007")) {
            snapshots.put(new SnapshotFile(name, 0), new byte[9]);
        }
        assertThat(sequences()).isEmpty();
        snapshots.save(Long.MAX_VALUE, 1);
        assertThat(sequences()).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void savesAnEmptyState() throws IOException {
        SnapshotFile file = snapshots.save(0, 0);

        assertThat(snapshots.store().verify(file)).isEqualTo(Snapshots.header(0));
        assertThat(snapshots.bytes(file)).hasSize(128 + 8 + 64);
    }

    @Test
    void refusesToKeepFewerThanTwo() {
        assertThatThrownBy(() -> new SnapshotStore.Config("melin.journal", 1))
                .hasMessageContaining("keep=1");
        assertThatThrownBy(() -> new SnapshotStore.Config("melin.journal", 2, 127))
                .hasMessageContaining("chunkBytes=127");
        assertThatThrownBy(() -> new SnapshotVersions(1, 65_536, 1))
                .hasMessageContaining("what=events");
    }
}
