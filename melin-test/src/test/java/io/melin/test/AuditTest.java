package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.apply.EventApplier;
import io.melin.integrity.ChainHash;
import io.melin.journaled.AuditBeyondEndException;
import io.melin.journaled.AuditTarget;
import io.melin.journaled.AuditedState;
import io.melin.journaled.JournaledApplication;
import io.melin.snapshot.SnapshotDigest;
import io.melin.snapshot.SnapshotReport;
import io.melin.snapshot.SnapshotSurvey;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Live, rebuilt from a snapshot and rebuilt from the first entry, at any moment of a history of
 * repeats, rejections, restarts, rotations and snapshots: one state. Q1, Q2 and Q3 of Audit.
 */
@ExtendWith(QuietNodes.class)
class AuditTest {
    private static final int SEEDS = 60;
    private static final int TARGETS = 8;

    private int fromSnapshot;

    /** What the live state was after each sequence, from 0. */
    private record Moment(ChainHash digest, long timeNs) {
        static Moment of(EventApplier<Long, Long> applier) {
            try {
                return new Moment(SnapshotDigest.of(applier::snapshot), applier.lastTimeNs());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void rebuildsTheStateOfAnyMoment() {
        Seeds.each(getClass(), SEEDS, this::rebuildsTheStateOfAnyMoment);

        System.out.println("AuditTest: from a snapshot=" + fromSnapshot);
        assertThat(Seeds.isSingle() || fromSnapshot > SEEDS).isTrue();
    }

    private void rebuildsTheStateOfAnyMoment(long seed) {
        Random random = new Random(seed);
        SimulatedDisk disk = new SimulatedDisk(seed);
        AuditedHistory history = new AuditedHistory(disk, seed, random);
        List<Moment> moments = play(history, 150 + random.nextInt(200));
        int last = moments.size() - 1;
        if (random.nextBoolean()) {
            history.journal().close();
        }
        DiskImage before = disk.image();

        for (int i = 0; i < TARGETS; i++) {
            int sequence = i == 0 ? last : random.nextInt(last + 1);
            check(disk, AuditTarget.sequence(sequence), sequence, moments);
            long timeNs = moments.get(sequence).timeNs();
            int atTime = sequence;
            while (atTime < last && moments.get(atTime + 1).timeNs() <= timeNs) {
                atTime++;
            }
            check(disk, AuditTarget.time(timeNs), atTime, moments);
        }
        snapshotsHoldTheSameDigest(disk, moments);
        Moment end = moments.get(last);
        refuses(disk, AuditTarget.sequence(last + 1L), last, end);
        refuses(disk, AuditTarget.time(end.timeNs() + 1).fromFirst(), last, end);
        assertThat(disk.image().differences(before)).as("Q1").isEmpty();
    }

    private static List<Moment> play(AuditedHistory history, int steps) {
        List<Moment> moments = new ArrayList<>();
        moments.add(Moment.of(history.journal().applier()));
        for (int i = 0; i < steps; i++) {
            history.step();
            EventApplier<Long, Long> applier = history.journal().applier();
            if (applier.lastSequence() == moments.size()) {
                moments.add(Moment.of(applier));
            }
            assertThat(applier.lastSequence()).isEqualTo(moments.size() - 1L);
        }
        return moments;
    }

    private void check(SimulatedDisk disk, AuditTarget target, int expected, List<Moment> moments) {
        AuditedState<Long, Long> best = audit(disk, target);
        AuditedState<Long, Long> whole = audit(disk, target.fromFirst());

        for (AuditedState<Long, Long> state : List.of(best, whole)) {
            assertThat(state.applier().lastSequence()).as("%s", target).isEqualTo(expected);
            assertThat(state.digest()).as("%s", target).isEqualTo(moments.get(expected).digest());
            assertThat(state.afterSequence() + state.entries()).isEqualTo(expected);
        }
        assertThat(whole.afterSequence()).isZero();
        fromSnapshot += best.afterSequence() > 0 ? 1 : 0;
    }

    private static void refuses(SimulatedDisk disk, AuditTarget target, int last, Moment end) {
        assertThatThrownBy(() -> audit(disk, target))
                .isInstanceOfSatisfying(
                        AuditBeyondEndException.class,
                        e -> {
                            assertThat(e.lastSequence()).isEqualTo(last);
                            assertThat(e.lastTimeNs()).isEqualTo(end.timeNs());
                        })
                .hasMessageContaining("lastSequence=" + last);
    }

    private static void snapshotsHoldTheSameDigest(SimulatedDisk disk, List<Moment> moments) {
        try (StorageDirectory directory = disk.open(AuditedHistory.config().directory())) {
            String name = AuditedHistory.config().name();
            for (SnapshotReport report : new SnapshotSurvey(directory, name).run()) {
                assertThat(Objects.requireNonNull(report.content()).digest())
                        .isEqualTo(moments.get((int) report.file().sequence()).digest());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AuditedState<Long, Long> audit(SimulatedDisk disk, AuditTarget target) {
        try {
            return JournaledApplication.audit(
                    AuditedHistory.PROGRAM, AuditedHistory.config(), disk, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Q3: what came later may be damaged. */
    @Test
    void damageBehindTheTargetIsNoObstacle() {
        SimulatedDisk disk = new SimulatedDisk(1);
        AuditedHistory history = new AuditedHistory(disk, 1, new Random(1));
        List<Moment> moments = play(history, 250);
        history.journal().close();
        var second = AuditedHistory.config().directory().resolve("melin.journal.000002");
        disk.restore(disk.image().flipBit(second, 17_000, 3));

        check(disk, AuditTarget.sequence(5), 5, moments);
        assertThatThrownBy(() -> audit(disk, AuditTarget.sequence(moments.size() - 1L).fromFirst()))
                .hasMessageContaining("000002");
    }

    @Test
    void aDirectoryWithoutAJournalIsSaidToBeOne() {
        assertThatThrownBy(() -> audit(new SimulatedDisk(1), AuditTarget.sequence(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing to audit");
    }
}
