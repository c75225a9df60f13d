package io.melin.journaled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException;
import io.melin.journal.JournalPorts;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotException.SnapshotRestoreFailed;
import io.melin.snapshot.SnapshotException.UnsupportedApplicationVersion;
import io.melin.snapshot.SnapshotException.UnsupportedCodecVersion;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotStore;
import io.melin.storage.FileSystemStorage;
import io.melin.testing.CounterApplication;
import io.melin.time.SystemTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots taken and recovered from without a node; E1 and E2 of {@link StateRestorer}. */
class SnapshotRecoveryTest {
    private static final Codec<Long> LONGS = CounterApplication.CODEC;

    @TempDir Path directory;

    private final JournalPorts ports =
            new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);
    private final List<Versioned> twins = new ArrayList<>();

    /** A sum; what it restored, and in which version, can be seen. */
    private static final class Versioned implements Application<Long, Long> {
        private final List<Versioned> twins;
        private final int version;
        private long total;
        private long applied;
        private int restoredVersion;

        Versioned(List<Versioned> twins, int version) {
            this.twins = twins;
            this.version = version;
        }

        @Override
        public void apply(Long event, EventContext context, Reports<Long> reports) {
            total += event;
            applied++;
            reports.add(total);
        }

        @Override
        public Versioned fresh() {
            Versioned twin = new Versioned(twins, version);
            twins.add(twin);
            return twin;
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeLong(total);
        }

        @Override
        public void restore(SnapshotReader in, int writtenBy) throws IOException {
            if (writtenBy < version - 1) {
                throw new IOException("too old: version=" + writtenBy);
            }
            total = in.readLong();
            restoredVersion = writtenBy;
        }

        @Override
        public int version() {
            return version;
        }
    }

    private JournaledApplication.Program<Long, Long> program(int version) {
        return new JournaledApplication.Program<>(new Versioned(twins, version), LONGS, LONGS);
    }

    private JournalConfig config(int applicationVersion) {
        return JournalConfig.of(directory.resolve("journal"), 1, applicationVersion)
                .withPrezeroedBytes(1 << 16);
    }

    private JournaledApplication<Long, Long> open() {
        return JournaledApplication.open(program(1), config(1), ports);
    }

    private static Versioned application(JournaledApplication<Long, Long> of) {
        return (Versioned) of.applier().application();
    }

    /** Numbers 1 to 30 with an id each, and a snapshot after each of the given ones. */
    private List<SnapshotFile> write(Integer... snapshotsAfter) throws IOException {
        List<SnapshotFile> files = new ArrayList<>();
        try (JournaledApplication<Long, Long> sum = open()) {
            for (int i = 1; i <= 30; i++) {
                sum.execute((long) i, EventId.of(1, i));
                if (List.of(snapshotsAfter).contains(i)) {
                    files.add(sum.saveSnapshot(3));
                }
            }
        }
        return files;
    }

    private Path path(SnapshotFile file) {
        return directory.resolve("journal").resolve(file.name());
    }

    private void damage(SnapshotFile file) throws IOException {
        byte[] bytes = Files.readAllBytes(path(file));
        bytes[bytes.length / 2] ^= 1;
        Files.write(path(file), bytes);
    }

    private void isRecovered(JournaledApplication<Long, Long> sum, long after, int damaged) {
        assertThat(application(sum).total).isEqualTo(465);
        assertThat(application(sum).applied).as("replayed").isEqualTo(30 - after);
        assertThat(sum.journal().report().replayed().afterSequence()).isEqualTo(after);
        assertThat(sum.journal().report().entries()).isEqualTo(30 - after);
        assertThat(sum.restored().damaged()).hasSize(damaged);
        assertThat(sum.execute(7L, EventId.of(1, 7)))
                .as("the first outcome is remembered")
                .satisfies(repeat -> assertThat(repeat.duplicate()).isTrue())
                .satisfies(repeat -> assertThat(repeat.reports()).containsExactly(28L));
    }

    @Test
    void replaysOnlyWhatIsBehindTheNewestSnapshot() throws IOException {
        write(10, 20);
        try (JournaledApplication<Long, Long> sum = open()) {
            isRecovered(sum, 20, 0);
        }
        assertThat(twins.get(twins.size() - 1).restoredVersion).isEqualTo(1);
    }

    @Test
    void recoversFromTheFirstEntryWhereItIsAskedTo() throws IOException {
        write(10, 20);
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.recover(program(1), config(1), ports)) {
            isRecovered(sum, 0, 0);
        }
    }

    @Test
    void recoversFromASnapshotOrSaysThatThereIsNone() throws IOException {
        assertThatThrownBy(() ->
                        JournaledApplication.recoverFromSnapshot(program(1), config(1), ports))
                .hasMessageContaining("nothing to recover");
        write();
        assertThatThrownBy(() ->
                        JournaledApplication.recoverFromSnapshot(program(1), config(1), ports))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no snapshot to recover from");
        try (JournaledApplication<Long, Long> sum = open()) {
            sum.saveSnapshot(2);
        }
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.recoverFromSnapshot(program(1), config(1), ports)) {
            isRecovered(sum, 30, 0);
        }
    }

    /** Row 32. */
    @Test
    void passesADamagedSnapshotOver() throws IOException {
        List<SnapshotFile> files = write(10, 20, 30);
        damage(files.get(2));
        try (JournaledApplication<Long, Long> sum = open()) {
            isRecovered(sum, 20, 1);
            assertThat(sum.restored().damaged().get(0).sequence()).isEqualTo(30);
        }
    }

    /** Row 33. */
    @Test
    void replaysEverythingIfAllSnapshotsAreDamaged() throws IOException {
        for (SnapshotFile file : write(10, 20)) {
            damage(file);
        }
        try (JournaledApplication<Long, Long> sum = open()) {
            isRecovered(sum, 0, 2);
        }
    }

    /** Row 34: what a crash in the middle of a save leaves is no snapshot. */
    @Test
    void ignoresWhatAnInterruptedSaveLeft() throws IOException {
        List<SnapshotFile> files = write(10, 20);
        Files.move(
                path(files.get(1)),
                path(files.get(1)).resolveSibling(files.get(1).name() + ".tmp"));
        try (JournaledApplication<Long, Long> sum = open()) {
            isRecovered(sum, 10, 0);
        }
    }

    /** Rows 29 and 30, from end to end. */
    @Test
    void refusesASnapshotOfAnotherJournalUnderThisName() throws IOException {
        List<SnapshotFile> files = write(10);
        byte[] foreign = Files.readAllBytes(path(files.get(0)));
        for (Path file : files("melin.journal*")) {
            Files.delete(file);
        }
        write(20);
        Files.write(path(new SnapshotFile("melin.journal.snap.00000000000000000030", 30)), foreign);
        try (JournaledApplication<Long, Long> sum = open()) {
            assertThat(sum.restored().damaged()).as("its name lies").hasSize(1);
        }
        Files.delete(path(new SnapshotFile("melin.journal.snap.00000000000000000020", 20)));
        Files.write(path(files.get(0)), foreign);
        assertThatThrownBy(this::open).isInstanceOf(JournalException.SnapshotLineageMismatch.class);
    }

    private List<Path> files(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(directory.resolve("journal"), glob)) {
            stream.forEach(found::add);
        }
        return found;
    }

    /** Row 35: the journal keeps its own version; a snapshot is for restore to migrate. */
    @Test
    void givesAnOlderSnapshotToRestoreAndRefusesANewerOne() throws IOException {
        write(30);
        StateRestorer<Long, Long> newer = new StateRestorer<>(program(2));
        assertThat(newest(newer).header()).isNotNull();
        assertThat(twins.get(twins.size() - 1).restoredVersion).isEqualTo(1);

        StateRestorer<Long, Long> tooNew = new StateRestorer<>(program(3));
        assertThatThrownBy(() -> newest(tooNew))
                .isInstanceOf(UnsupportedApplicationVersion.class)
                .hasMessageContaining("expected=3, found=1")
                .hasRootCauseMessage("too old: version=1")
                .satisfies(e -> assertThat(((SnapshotException) e).isDamage()).isFalse());

        StateRestorer<Long, Long> older = new StateRestorer<>(program(0));
        assertThatThrownBy(() -> newest(older))
                .isInstanceOf(UnsupportedApplicationVersion.class)
                .hasMessageContaining("expected=0, found=1")
                .hasMessageContaining("move the snapshots away");
    }

    @Test
    void refusesAnotherReportCodecSinceReportsAreRemembered() throws IOException {
        write(30);
        StateRestorer<Long, Long> other =
                new StateRestorer<>(
                        new JournaledApplication.Program<>(
                                new Versioned(twins, 1), LONGS, new SecondVersion()));
        assertThatThrownBy(() -> newest(other))
                .isInstanceOf(UnsupportedCodecVersion.class)
                .hasMessageContaining("reports")
                .hasMessageContaining("expected=2, found=1");
    }

    @Test
    void refusesAnApplicationThatDoesNotReadWhatItWrote() throws IOException {
        write(30);
        JournaledApplication.Program<Long, Long> forgetful =
                new JournaledApplication.Program<>(new Forgetful(), LONGS, LONGS);
        assertThatThrownBy(() -> JournaledApplication.open(forgetful, config(1), ports))
                .isInstanceOf(SnapshotRestoreFailed.class)
                .hasMessageContaining("left bytes of the snapshot unread")
                .hasMessageContaining("exact inverses");
        open().close();
    }

    private RestoredState<Long, Long> newest(StateRestorer<Long, Long> restorer)
            throws IOException {
        return restorer.newest(
                new SnapshotStore(
                        FileSystemStorage.INSTANCE.open(directory.resolve("journal")),
                        new SnapshotStore.Config("melin.journal", 2)));
    }

    /** Reads nothing back. */
    private static final class Forgetful implements Application<Long, Long> {
        @Override
        public void apply(Long event, EventContext context, Reports<Long> reports) {}

        @Override
        public Forgetful fresh() {
            return new Forgetful();
        }

        @Override
        public void snapshot(SnapshotWriter out) {}

        @Override
        public void restore(SnapshotReader in, int version) {}
    }

    private static final class SecondVersion implements Codec<Long> {
        @Override
        public int version() {
            return 2;
        }

        @Override
        public int size(Long value) {
            return LONGS.size(value);
        }

        @Override
        public void encode(Long value, ByteBuffer out) {
            LONGS.encode(value, out);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return LONGS.isValid(in);
        }

        @Override
        public Long decode(ByteBuffer in, int version) {
            return LONGS.decode(in, version);
        }
    }
}
