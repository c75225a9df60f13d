package io.melin.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.shadow.ShadowStatus.Phase;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotStore;
import io.melin.storage.FileSystemStorage;
import io.melin.storage.StorageDirectory;
import io.melin.testing.CounterApplication;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link ShadowSnapshotter}, lap by lap, behind a journal that the test writes. */
class ShadowSnapshotterTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final SnapshotConfig CONFIG =
            new SnapshotConfig(ShadowMode.ON, INTERVAL, 1_000, 1 << 20, 2);

    @TempDir Path directory;

    private final Ticker time = new Ticker();
    private final ShadowMeters meters = new ShadowMeters();
    private final List<Throwable> alarms = new ArrayList<>();
    private final SwitchedTotal.Switches switches = new SwitchedTotal.Switches();
    private final JournaledApplication.Program<Long, Long> program =
            new JournaledApplication.Program<>(
                    new SwitchedTotal(switches),
                    CounterApplication.CODEC,
                    CounterApplication.CODEC);
    private JournaledApplication<Long, Long> sum;
    private ShadowSnapshotter<Long, Long> shadow;

    /** Both clocks, moved by hand. */
    private static final class Ticker implements TimeSource {
        private long nowNs = 1;

        @Override
        public long epochNs() {
            return nowNs;
        }

        @Override
        public long tickerNs() {
            return nowNs;
        }
    }

    @BeforeEach
    void open() {
        sum =
                JournaledApplication.open(
                        program,
                        JournalConfig.of(journal(), 1, 1).withPrezeroedBytes(1 << 16),
                        new JournalPorts(FileSystemStorage.INSTANCE, time));
        shadow = shadow(CONFIG);
    }

    @AfterEach
    void close() {
        shadow.onClose();
        sum.close();
    }

    private Path journal() {
        return directory.resolve("journal");
    }

    private ShadowSnapshotter<Long, Long> shadow(SnapshotConfig config) {
        return shadow(new ShadowSnapshotter.Config(journal(), JournalConfig.NAME, config));
    }

    private ShadowSnapshotter<Long, Long> shadow(ShadowSnapshotter.Config config) {
        return new ShadowSnapshotter<>(
                program,
                config,
                new ShadowSnapshotter.Ports(
                        FileSystemStorage.INSTANCE,
                        time,
                        sum.journal().writer()::durableProgress,
                        sum.journal().follower(),
                        Pause.NONE,
                        () -> switches.isOrderly,
                        alarms::add,
                        meters));
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            sum.execute(1L, EventId.none());
        }
    }

    private void run() {
        for (int idle = 0; idle < 2; ) {
            idle = shadow.doWork() == 0 ? idle + 1 : 0;
        }
    }

    private void pass(Duration by) {
        time.nowNs += by.toNanos();
        run();
    }

    private List<Long> snapshots() {
        try (StorageDirectory opened = FileSystemStorage.INSTANCE.open(journal())) {
            var store = new SnapshotStore(opened, new SnapshotStore.Config(JournalConfig.NAME, 2));
            return store.list().stream().map(SnapshotFile::sequence).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path snapshot(long sequence) {
        return journal().resolve(String.format("melin.journal.snap.%020d", sequence));
    }

    @Test
    void followsAndSavesWhenTheIntervalIsOver() {
        add(7);
        run();
        assertThat(meters.status().phase()).isEqualTo(Phase.FOLLOWING);
        assertThat(meters.appliedSequence()).isEqualTo(7);
        assertThat(shadow.sequence()).isEqualTo(7);
        assertThat(sum.journal().follower().needs(1)).isTrue();
        pass(INTERVAL.minusNanos(1));
        assertThat(snapshots()).isEmpty();
        pass(Duration.ofNanos(1));

        assertThat(snapshots()).containsExactly(7L);
        assertThat(meters.saves()).isEqualTo(1);
        assertThat(meters.status().sequence()).isEqualTo(7);
        assertThat(meters.dueForNs(time.tickerNs())).isZero();
    }

    /** T2: byte for byte what the node itself would save of its durable entries. */
    @Test
    void savesWhatTheNodeWouldSave() throws IOException {
        add(7);
        sum.execute(5L, EventId.of(3, 4));
        sum.execute(5L, EventId.of(3, 4));
        run();
        pass(INTERVAL);
        byte[] ofTheShadow = Files.readAllBytes(snapshot(9));
        sum.saveSnapshot(2);

        assertThat(Files.readAllBytes(snapshot(9))).isEqualTo(ofTheShadow);
    }

    @Test
    void savesAfterSoManyEntriesOrBytesAtAnyEntry() {
        shadow = shadow(new SnapshotConfig(ShadowMode.ON, INTERVAL, 5, 1 << 20, 2));
        add(5);
        run();
        assertThat(snapshots()).containsExactly(5L);
        shadow.onClose();

        shadow = shadow(new SnapshotConfig(ShadowMode.ON, INTERVAL, 1_000, 300, 2));
        add(5);
        run();
        assertThat(snapshots()).as("56 bytes an entry").containsExactly(5L);
        add(1);
        run();
        assertThat(snapshots()).containsExactly(11L, 5L);
    }

    /** S4 of {@link SaveSchedule}: or else it would save again after a lap, and be later each time. */
    @Test
    void catchesUpWithTheJournalBetweenSavesThatTakeLongerThanTheirInterval() {
        shadow = shadow(new SnapshotConfig(ShadowMode.ON, INTERVAL, 10_000, 1 << 20, 2));
        add(7);
        run();
        switches.duringSave =
                () -> {
                    switches.duringSave = () -> {};
                    add(3_000);
                    time.nowNs += 3 * INTERVAL.toNanos();
                };
        pass(INTERVAL);

        assertThat(snapshots()).containsExactly(3_007L, 7L);
        assertThat(meters.saves()).isEqualTo(2);
    }

    /** T4. */
    @Test
    void writesNothingWhileNothingHappens() throws IOException {
        add(3);
        run();
        pass(INTERVAL);
        Object modified = Files.getLastModifiedTime(snapshot(3));
        for (int i = 0; i < 50; i++) {
            pass(INTERVAL);
        }

        assertThat(meters.saves()).isEqualTo(1);
        assertThat(Files.getLastModifiedTime(snapshot(3))).isEqualTo(modified);
        assertThat(meters.dueForNs(time.tickerNs())).isZero();
    }

    @Test
    void beginsWithTheNewestSnapshotAndReadsOnlyItsSegment() {
        add(6);
        run();
        pass(INTERVAL);
        add(3);
        switches.isOrderly = false;
        shadow.onClose();
        switches.isOrderly = true;
        shadow = shadow(CONFIG);
        shadow.doWork();

        assertThat(meters.appliedSequence()).isEqualTo(6);
        assertThat(meters.status().sequence()).isEqualTo(6);
        pass(Duration.ZERO);
        assertThat(meters.appliedSequence()).isEqualTo(9);
        pass(INTERVAL);
        assertThat(snapshots()).containsExactly(9L, 6L);
    }

    @Test
    void beginsWithAnOlderSnapshotIfTheNewestIsDamaged() throws IOException {
        add(6);
        sum.saveSnapshot(2);
        add(1);
        sum.saveSnapshot(2);
        Files.write(snapshot(7), new byte[40]);
        shadow.doWork();

        assertThat(meters.appliedSequence()).isEqualTo(6);
        pass(Duration.ZERO);
        pass(INTERVAL);
        assertThat(snapshots()).as("the damaged one was replaced").containsExactly(7L, 6L);
        assertThat(meters.saves()).isEqualTo(1);
    }

    /** T3: a failed save is tried again with a back-off, and is due all the while. */
    @Test
    void triesAFailedSaveAgainAndSaysSince() {
        add(2);
        run();
        switches.failsToSave = true;
        pass(INTERVAL);
        assertThat(meters.failures()).isEqualTo(1);
        assertThat(meters.status().lastFailure()).contains("no room");
        pass(Duration.ofNanos(SaveSchedule.BACKOFF_NS_FIRST - 1));
        assertThat(meters.failures()).isEqualTo(1);
        pass(Duration.ofNanos(1));
        assertThat(meters.failures()).isEqualTo(2);
        assertThat(meters.dueForNs(time.tickerNs())).isEqualTo(SaveSchedule.BACKOFF_NS_FIRST);
        add(1);
        switches.failsToSave = false;
        pass(INTERVAL);

        assertThat(snapshots()).containsExactly(3L);
        assertThat(meters.status().lastFailure()).isNull();
        assertThat(meters.dueForNs(time.tickerNs())).isZero();
        assertThat(alarms).isEmpty();
    }

    /** T3: and T1, the journal's owner notices nothing. */
    @Test
    void raisesATypedAlarmForDamageThatItReadsAndStops() throws IOException {
        add(4);
        run();
        long offset = sum.journal().writer().durableProgress().offset();
        add(1);
        byte[] bytes = Files.readAllBytes(journal().resolve(JournalConfig.NAME));
        bytes[(int) offset + 41] ^= 1;
        Files.write(journal().resolve(JournalConfig.NAME), bytes);
        run();

        assertThat(alarms).hasSize(1);
        JournalException alarm = (JournalException) alarms.get(0);
        assertThat(alarm).isInstanceOf(JournalException.DurableRegionDamaged.class);
        assertThat(alarm.offset()).isEqualTo(offset);
        assertThat(alarm.sequence()).isEqualTo(5);
        assertThat(meters.status().phase()).isEqualTo(Phase.STOPPED);
        assertThat(meters.status().alarm()).isSameAs(alarm);
        pass(INTERVAL.multipliedBy(3));
        assertThat(meters.dueForNs(time.tickerNs())).isEqualTo(INTERVAL.multipliedBy(2).toNanos());
        assertThat(snapshots()).isEmpty();
        assertThat(alarms).as("once").hasSize(1);
        assertThat(sum.execute(1L, EventId.none()).sequence()).isEqualTo(6);
    }

    @Test
    void stopsWithItsApplicationAndKeepsTheSnapshotsThatThereAre() {
        add(2);
        run();
        pass(INTERVAL);
        sum.execute(SwitchedTotal.POISON, EventId.none());
        switches.failsToApply = true;
        run();

        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0)).hasMessage("poison");
        assertThat(Objects.requireNonNull(meters.status().alarm())).hasMessage("poison");
        pass(INTERVAL);
        assertThat(snapshots()).containsExactly(2L);
    }

    /** A shadow that cannot begin keeps no archive in memory (Q3 of {@code SpentPages}). */
    @Test
    void followsNothingWhenItCannotBegin() throws IOException {
        add(2);
        sum.journal().rotate();
        add(1);
        Files.delete(journal().resolve("melin.journal.000001"));
        run();

        assertThat(alarms.get(0)).isInstanceOf(JournalException.MissingHistoryPrefix.class);
        assertThat(sum.journal().follower().needs(1)).isFalse();
    }

    /** V1 of {@link ShadowTwin}. */
    @Test
    void refusesASnapshotOfAnotherHistoryBeforeItAppliesAnything() throws IOException {
        add(5);
        sum.saveSnapshot(2);
        byte[] foreign = Files.readAllBytes(snapshot(5));
        close();
        try (var files = Files.list(journal())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        open();
        add(9);
        Files.write(snapshot(5), foreign);
        run();

        assertThat(alarms.get(0)).isInstanceOf(JournalException.SnapshotLineageMismatch.class);
        assertThat(meters.appliedSequence()).as("the snapshot, and nothing on top").isEqualTo(5);
        assertThat(sum.journal().follower().needs(1)).as("nobody follows").isFalse();
    }

    @Test
    void savesAllThatIsNewAtAnOrderlyEndAndNothingAfterAFailureT5() {
        add(2);
        run();
        time.nowNs += INTERVAL.toNanos();
        switches.isOrderly = false;
        shadow.onClose();
        assertThat(snapshots()).as("after a failure").isEmpty();

        switches.isOrderly = true;
        shadow = shadow(CONFIG);
        run();
        add(3_000);
        shadow.onClose();
        assertThat(snapshots()).as("not due, and not read yet").containsExactly(3_002L);

        shadow = shadow(CONFIG);
        run();
        long saves = meters.saves();
        shadow.onClose();
        assertThat(meters.saves()).as("T4: nothing is new").isEqualTo(saves);
    }

    @Test
    void endsASaveThatIsCancelled() {
        add(2);
        run();
        shadow.cancel();
        pass(INTERVAL);

        assertThat(snapshots()).isEmpty();
        assertThat(meters.status().lastFailure()).contains("ended by the stop of the node");
        assertThat(journal()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void waitsForADirectoryThatDoesNotAnswer() {
        Path missing = directory.resolve("missing").resolve("too");
        var lost = shadow(new ShadowSnapshotter.Config(missing, "melin", CONFIG));
        lost.doWork();
        lost.doWork();
        assertThat(meters.failures()).isEqualTo(1);
        time.nowNs += SaveSchedule.BACKOFF_NS_FIRST;
        lost.doWork();
        assertThat(meters.failures()).isEqualTo(2);
        assertThat(alarms).isEmpty();
    }
}
