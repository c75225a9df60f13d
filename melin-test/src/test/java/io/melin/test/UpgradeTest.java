package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.journal.Archives;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.JournalException.UnsupportedCodecVersion;
import io.melin.journal.JournalPorts;
import io.melin.journal.Versions;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.snapshot.SnapshotException;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another version of codec and application on a journal that the last one wrote. */
@ExtendWith(QuietNodes.class)
class UpgradeTest {
    private static final JournalConfig CONFIG = MelinFixture.smallConfig().journal();

    private SimulatedDisk disk = new SimulatedDisk(1);
    private final ManualTime time = new ManualTime(MelinFixture.START_NS);

    @Test
    void savesAndRotatesAtItsFirstStart() throws IOException {
        run(1, 1, 1, 2, 3);
        save(1);

        try (JournaledApplication<Long, Long> next = open(2, 2)) {
            assertThat(VersionedTotal.total(next)).isEqualTo(6);
            assertThat(next.restored().header()).isNotNull();
            assertThat(archives()).hasSize(1);
            assertThat(names()).filteredOn(name -> name.contains(".snap.")).hasSize(1);
            next.execute(10L, EventId.none());
            assertThat(VersionedTotal.total(next)).isEqualTo(26);
        }

        try (JournaledApplication<Long, Long> again = open(2, 2)) {
            assertThat(VersionedTotal.total(again)).isEqualTo(26);
            assertThat(again.journal().isOfOtherVersion()).isFalse();
            assertThat(archives()).as("not rotated again").hasSize(1);
        }
    }

    /** R3 of RecoveryRead. */
    @Test
    void refusesEntriesOfAnOlderVersionBehindTheNewestSnapshot() {
        run(1, 1, 1, 2, 3);
        long changes = disk.changes();

        assertThatThrownBy(() -> open(2, 2))
                .isInstanceOf(UnsupportedCodecVersion.class)
                .hasMessageContaining("stop it in order");
        assertThatThrownBy(() ->
                        open(
                                new Program<>(
                                        new VersionedTotal(2, 2),
                                        VersionedTotal.program(2, 1).events(),
                                        LedgerApplication.CODEC)))
                .isInstanceOf(UnsupportedAppVersion.class)
                .hasMessageContaining("sequence=1")
                .hasMessageContaining("stop it in order");

        assertThat(disk.changes()).as("nothing was changed").isEqualTo(changes);
        try (JournaledApplication<Long, Long> old = open(1, 1)) {
            assertThat(VersionedTotal.total(old)).isEqualTo(6);
        }
    }

    @Test
    void replaysThemWhereBothDeclareThatTheyCan() throws IOException {
        run(1, 1, 1, 2, 3);

        try (JournaledApplication<Long, Long> next = open(3, 1)) {
            assertThat(VersionedTotal.total(next)).as("by version 3").isEqualTo(18);
            assertThat(archives()).hasSize(1);
        }
        try (JournaledApplication<Long, Long> again = open(3, 3)) {
            assertThat(VersionedTotal.total(again)).as("from the snapshot").isEqualTo(18);
        }
    }

    @Test
    void refusesADowngradeAndSaysTheWayOut() {
        run(2, 2, 5);
        run(3, 1, 7);
        long changes = disk.changes();

        assertThatThrownBy(() -> open(2, 1))
                .isInstanceOfAny(JournalException.class, SnapshotException.class)
                .hasMessageContaining("start the version");
        assertThatThrownBy(() ->
                        JournaledApplication.recover(
                                VersionedTotal.program(2, 1), CONFIG, new JournalPorts(disk, time)))
                .isInstanceOf(UnsupportedCodecVersion.class)
                .hasMessageContaining("start the newer version again");

        assertThat(disk.changes()).isEqualTo(changes);
    }

    /** Y4 of Recovery: an empty segment is not rotated, and takes no entry all the same. */
    @Test
    void replacesALiveSegmentThatHasNoEntries() throws IOException {
        run(1, 1);
        run(2, 2, 4);
        assertThat(archives()).isEmpty();
        assertThatThrownBy(() -> recover(1)).isInstanceOf(UnsupportedCodecVersion.class);

        try (JournaledApplication<Long, Long> next = open(2, 2)) {
            assertThat(VersionedTotal.total(next)).isEqualTo(8);
        }
    }

    @Test
    void convergesWhereverAnUpgradeIsCut() throws IOException {
        run(1, 1, 1, 2, 3);
        save(1);
        DiskImage before = disk.image();
        long start = disk.changes();
        open(2, 2).close();
        int changes = (int) (disk.changes() - start);
        assertThat(changes).isGreaterThan(8);
        for (int cut = 1; cut <= changes; cut++) {
            for (int plan = 0; plan < 8; plan++) {
                disk = new SimulatedDisk(cut * 31L + plan);
                disk.restore(before);
                disk.failAtChange(cut, Fault.powerCut());
                try {
                    open(2, 2).close();
                } catch (RuntimeException e) {
                    // The cut.
                }
                disk.crash(CrashPlan.random(cut * 97L + plan));

                try (JournaledApplication<Long, Long> next = open(2, 2)) {
                    assertThat(VersionedTotal.total(next)).as("cut=%s", cut).isEqualTo(6);
                    next.execute(10L, EventId.none());
                }
                try (JournaledApplication<Long, Long> again = open(2, 2)) {
                    assertThat(VersionedTotal.total(again)).as("cut=%s", cut).isEqualTo(26);
                }
            }
        }
    }

    @Test
    void refusesVersionsThatMakeNoSense() {
        assertThatThrownBy(() -> new Versions(1, 2, 1, 1)).hasMessageContaining("oldest");
        assertThatThrownBy(() -> new Versions(1, 1, 65_536, 1)).hasMessageContaining("65535");
        assertThatThrownBy(() -> new Versions(1, 1, 1, -1)).hasMessageContaining("oldest");
    }

    private void run(int version, int oldest, long... values) {
        try (JournaledApplication<Long, Long> app = open(version, oldest)) {
            for (long value : values) {
                app.execute(value, EventId.none());
            }
        }
    }

    private void save(int version) throws IOException {
        try (JournaledApplication<Long, Long> app = open(version, version)) {
            app.saveSnapshot(2);
        }
    }

    private JournaledApplication<Long, Long> open(int version, int oldest) {
        return open(VersionedTotal.program(version, oldest));
    }

    private JournaledApplication<Long, Long> open(Program<Long, Long> program) {
        return JournaledApplication.open(program, CONFIG, new JournalPorts(disk, time));
    }

    private JournaledApplication<Long, Long> recover(int version) {
        return JournaledApplication.recover(
                VersionedTotal.program(version, version), CONFIG, new JournalPorts(disk, time));
    }

    private List<Archives.Archive> archives() throws IOException {
        try (StorageDirectory directory = disk.open(CONFIG.directory())) {
            return new Archives(directory, CONFIG.name()).list();
        }
    }

    private List<String> names() throws IOException {
        try (StorageDirectory directory = disk.open(CONFIG.directory())) {
            return directory.list();
        }
    }
}
