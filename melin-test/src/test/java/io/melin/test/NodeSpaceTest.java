package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Refusal;
import io.melin.health.NodeState;
import io.melin.journal.Archives;
import io.melin.journal.Archives.Archive;
import io.melin.journal.JournalException.MissingHistoryPrefix;
import io.melin.journal.JournalPorts;
import io.melin.journal.Retention;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.node.NodeStatus;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Space on a node's volume: what may be deleted, and what happens when there is none. */
@ExtendWith(QuietNodes.class)
class NodeSpaceTest {
    private static final Path DIRECTORY = Path.of("simulated");
    private static final Duration PASS = Duration.ofSeconds(6);
    private static final int SNAPSHOT_ENTRIES = 40;

    /** F1 of SpaceFloor. */
    @Test
    void refusesEventsBelowTheFloorAndTakesThemAgainByItself() {
        try (MelinFixture<Long, Long> melin = fixture(Retention.KEEP_ALL)) {
            melin.given(1L);
            melin.disk().capacityBytes(1);
            melin.advance(Duration.ofMillis(200));
            long changes = melin.disk().changes();

            for (long value = 2; value < 50; value++) {
                melin.when(value).refused(Refusal.NO_SPACE);
            }

            melin.advance(Duration.ofMinutes(1));
            assertThat(melin.disk().changes()).as("ticks are events too").isEqualTo(changes);
            assertThat(values(melin)).as("reads go on").containsExactly(1L);
            assertThat(melin.node().state().state()).isEqualTo(NodeState.SERVING);
            assertThat(journal(melin).space().isLow()).isTrue();

            melin.disk().capacityBytes(Long.MAX_VALUE);
            melin.advance(Duration.ofMillis(200));

            assertThat(melin.node().meters().space().isLow()).isFalse();
            melin.when(2L).applied();
            melin.crashAndRecover();
            assertThat(values(melin)).containsExactly(1L, 2L);
        }
    }

    @Test
    void startsOnAFullVolumeToAnswerQueries() {
        try (MelinFixture<Long, Long> melin = fixture(Retention.KEEP_ALL)) {
            melin.given(1L);
            melin.disk().capacityBytes(1);
            melin.crashAndRecover().run();

            assertThat(values(melin)).containsExactly(1L);
            melin.when(2L).refused(Refusal.NO_SPACE);
        }
    }

    @Test
    void deletesNothingUnlessTold() throws IOException {
        try (MelinFixture<Long, Long> melin = fixture(Retention.KEEP_ALL)) {
            fill(melin, 400);
            assertThat(archives(melin).get(0).segment()).isEqualTo(1);
        }
    }

    /** R1 and R2 of ArchiveTrimmer. */
    @Test
    void keepsAllThatTheSecondNewestSnapshotNeeds() throws IOException {
        try (MelinFixture<Long, Long> melin = fixture(new Retention(1, Duration.ZERO, false))) {
            fill(melin, 600);
            List<Archive> kept = archives(melin);
            List<String> snapshots = snapshots(melin);

            assertThat(melin.node().meters().space().trimmed()).isPositive();
            assertThat(snapshots).hasSize(2);
            long second = Long.parseLong(snapshots.get(0).replaceAll(".*\\.", ""));
            assertThat(kept).allMatch(archive -> archive.lastSequence() > second);
            assertThat(kept.get(0).segment())
                    .as("dense")
                    .isEqualTo(kept.get(kept.size() - 1).segment() - kept.size() + 1);

            damage(melin, snapshots.get(1));
            melin.crashAndRecover();
            assertThat(journal(melin).recovery().replayed().afterSequence()).isEqualTo(second);
            assertThat(values(melin)).hasSize(600);
            assertThatThrownBy(() ->
                            JournaledApplication.recover(
                                    LedgerApplication.program(Duration.ZERO),
                                    config(Retention.KEEP_ALL).journal(),
                                    new JournalPorts(copy(melin), melin.time())))
                    .isInstanceOf(MissingHistoryPrefix.class);
        }
    }

    /** R1: one snapshot is none. */
    @Test
    void keepsEverythingWhileASnapshotIsDamaged() throws IOException {
        Retention all = new Retention(1, Duration.ZERO, false);
        try (MelinFixture<Long, Long> melin = fixture(all, 150)) {
            for (long value = 1; value <= 400; value++) {
                melin.when(value).applied();
            }
            assertThat(snapshots(melin)).hasSize(2);
            damage(melin, snapshots(melin).get(0));
            long before = melin.node().meters().space().trimmed();

            melin.advance(PASS);

            assertThat(melin.node().meters().space().trimmed()).isEqualTo(before);
            assertThat(archives(melin).get(0).segment()).isEqualTo(1);
        }
    }

    @Test
    void deletesWhatIsOlderThanItsAge() throws IOException {
        Retention day = new Retention(0, Duration.ofDays(1), false);
        try (MelinFixture<Long, Long> melin = fixture(day)) {
            fill(melin, 600);
            assertThat(melin.node().meters().space().trimmed()).isZero();

            melin.advance(Duration.ofDays(1).plusMinutes(10));

            assertThat(melin.node().meters().space().trimmed()).isPositive();
            melin.crashAndRecover();
            assertThat(values(melin)).hasSize(600);
        }
    }

    /** R2. */
    @Test
    void deletesCopiedArchivesUpToTheFirstThatIsNot() throws IOException {
        try (MelinFixture<Long, Long> melin = fixture(new Retention(0, Duration.ZERO, true))) {
            fill(melin, 600);
            assertThat(melin.node().meters().space().trimmed()).isZero();
            List<Archive> all = archives(melin);
            assertThat(all.size()).isGreaterThan(4);
            try (StorageDirectory directory = melin.disk().open(DIRECTORY)) {
                for (int i : new int[] {0, 1, 3}) {
                    directory.create(all.get(i).name() + Retention.COPIED).close();
                }
            }

            melin.advance(PASS);

            assertThat(melin.node().meters().space().trimmed()).isEqualTo(2);
            assertThat(archives(melin).get(0)).isEqualTo(all.get(2));
            try (StorageDirectory directory = melin.disk().open(DIRECTORY)) {
                assertThat(directory.list())
                        .contains(all.get(3).name() + Retention.COPIED)
                        .doesNotContain(all.get(0).name() + Retention.COPIED);
            }
        }
    }

    /** A1 and A2 of Archives. */
    @Test
    void deletesTheOldestFirstAndEachDurably() {
        try (MelinFixture<Long, Long> melin =
                fixture(new Retention(0, Duration.ofDays(1), false))) {
            fill(melin, 600);
            melin.disk().record(true);

            melin.advance(Duration.ofDays(1).plusMinutes(10));

            List<DiskCall> calls =
                    melin.disk().calls().stream()
                            .filter(call -> call.kind() != DiskCall.Kind.LIST)
                            .toList();
            List<String> deleted = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i).kind() == DiskCall.Kind.DELETE) {
                    deleted.add(calls.get(i).toString());
                    assertThat(calls.get(i - 1).kind()).isEqualTo(DiskCall.Kind.SYNC);
                    assertThat(calls.get(i + 1).kind()).isEqualTo(DiskCall.Kind.SYNC);
                }
            }
            assertThat(deleted).hasSizeGreaterThan(2).isSorted();
        }
    }

    /** R3: a failure to read or delete costs nobody anything. */
    @Test
    void goesOnAfterADeletionThatFailed() throws IOException {
        try (MelinFixture<Long, Long> melin = fixture(new Retention(1, Duration.ZERO, false))) {
            melin.disk().failFrom(DiskCall.Kind.DELETE, 1, Fault.eio());
            fill(melin, 600);
            assertThat(melin.node().meters().space().trimmed()).isZero();
            assertThat(melin.node().state().state()).isEqualTo(NodeState.SERVING);

            melin.disk().clearFaults();
            melin.advance(PASS);

            assertThat(melin.node().meters().space().trimmed()).isPositive();
        }
    }

    private static void fill(MelinFixture<Long, Long> melin, int count) {
        for (long value = 1; value <= count; value++) {
            melin.when(value).applied();
        }
        melin.advance(PASS);
    }

    private static MelinConfig config(Retention retention) {
        MelinConfig small = MelinFixture.smallConfig();
        return small.withJournal(small.journal().withRetention(retention));
    }

    private static MelinFixture<Long, Long> fixture(Retention retention) {
        return fixture(retention, SNAPSHOT_ENTRIES);
    }

    private static MelinFixture<Long, Long> fixture(Retention retention, int entries) {
        SnapshotConfig snapshots =
                new SnapshotConfig(ShadowMode.ON, Duration.ofDays(300), entries, 1 << 30, 2);
        return MelinFixture.of(
                LedgerApplication.program(Duration.ZERO),
                config(retention).withSnapshots(snapshots),
                1);
    }

    private static NodeStatus.JournalStatus journal(MelinFixture<Long, Long> melin) {
        return Objects.requireNonNull(melin.node().status().run()).journal();
    }

    private static SimulatedDisk copy(MelinFixture<Long, Long> melin) {
        SimulatedDisk copy = new SimulatedDisk(1);
        copy.restore(melin.disk().image());
        return copy;
    }

    private static List<Archive> archives(MelinFixture<Long, Long> melin) throws IOException {
        try (StorageDirectory directory = melin.disk().open(DIRECTORY)) {
            return new Archives(directory, config(Retention.KEEP_ALL).journal().name()).list();
        }
    }

    private static List<String> snapshots(MelinFixture<Long, Long> melin) throws IOException {
        try (StorageDirectory directory = melin.disk().open(DIRECTORY)) {
            return directory.list().stream().filter(name -> name.contains(".snap.")).toList();
        }
    }

    private static void damage(MelinFixture<Long, Long> melin, String name) throws IOException {
        try (StorageDirectory directory = melin.disk().open(DIRECTORY);
                StorageFile file = directory.openWrite(name)) {
            file.writeFully(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), file.size() / 2);
            file.force();
        }
    }

    private static List<Long> values(MelinFixture<Long, Long> melin) {
        return melin.query(LedgerApplication.class, (ledger, live) -> ledger.state().values());
    }
}
