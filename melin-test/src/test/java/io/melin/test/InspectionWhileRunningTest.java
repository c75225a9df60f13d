package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.inspect.Inspection;
import io.melin.inspect.Inspector;
import io.melin.inspect.SnapshotState;
import io.melin.journal.RecoveryReport;
import io.melin.journal.SegmentReport;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * I3 and I4 of {@link Inspector}: while a look reads, the journal appends, rotates, saves and prunes
 * snapshots, restarts, and loses archives that nothing needs any more. None of it is damage:
 * P1 and P2 of PinnedDirectory.
 */
@ExtendWith(QuietNodes.class)
class InspectionWhileRunningTest {
    private static final int SEEDS = 40;
    private static final int LOOKS = 12;

    private int deleted;
    private int grown;
    private int appending;
    private boolean isGoingOn;

    @Test
    void takesNoChangeForDamage() {
        Seeds.each(getClass(), SEEDS, this::takesNoChangeForDamage);

        System.out.println(
                "InspectionWhileRunningTest: archives deleted="
                        + deleted
                        + ", grown="
                        + grown
                        + ", appending="
                        + appending);
        if (!Seeds.isSingle()) {
            assertThat(deleted).isGreaterThan(50);
            assertThat(grown).isGreaterThan(50);
            assertThat(appending).isPositive();
        }
    }

    private void takesNoChangeForDamage(long seed) {
        Random random = new Random(seed);
        SimulatedDisk disk = new SimulatedDisk(seed);
        AuditedHistory history = new AuditedHistory(disk, seed, random);
        history.play(100 + random.nextInt(200));
        for (int i = 0; i < LOOKS; i++) {
            disk.record(true);
            Inspection before = InspectionAgreementTest.inspect(disk);
            int reads = (int) count(disk.calls(), DiskCall.Kind.READ);
            int opens = (int) count(disk.calls(), DiskCall.Kind.OPEN);
            assertThat(disk.calls()).noneMatch(call -> call.file().endsWith(".lock")); // I4
            disk.record(false);
            for (int hooks = 1 + random.nextInt(4); hooks > 0; hooks--) {
                boolean isRead = random.nextBoolean();
                disk.failAt(
                        isRead ? DiskCall.Kind.READ : DiskCall.Kind.OPEN,
                        1 + random.nextInt(isRead ? reads : opens),
                        Fault.hook(() -> goOn(disk, history, before, random)));
            }
            Inspection found = InspectionAgreementTest.inspect(disk);
            disk.clearFaults();
            assertThat(found.findings()).as("look " + i).isEmpty();
            long more = end(found) - end(before);
            assertThat(more).isNotNegative();
            grown += more > 0 ? 1 : 0;
            RecoveryReport.Tail tail = Objects.requireNonNull(found.recovery()).tail();
            assertThat(tail.droppedBytes()).as("nothing was torn, look " + i).isZero();
            appending += tail.notes().stream().anyMatch(n -> n.contains("appends")) ? 1 : 0;
        }
        history.journal().close();
    }

    private static long end(Inspection inspection) {
        return Objects.requireNonNull(inspection.recovery()).end().sequence();
    }

    private void goOn(
            SimulatedDisk disk, AuditedHistory history, Inspection before, Random random) {
        if (isGoingOn) {
            return; // The journal itself has met a hook.
        }
        isGoingOn = true;
        history.play(random.nextInt(60));
        if (random.nextBoolean()) {
            trim(disk, before);
        }
        isGoingOn = false;
    }

    /** The oldest archive, if the second newest snapshot does not need it. */
    private void trim(SimulatedDisk disk, Inspection before) {
        List<SnapshotState> snapshots = before.snapshots();
        List<SegmentReport> segments = before.segments();
        if (snapshots.size() < 2 || segments.size() < 2) {
            return;
        }
        long needed = snapshots.get(1).report().file().sequence() + 1;
        String oldest = segments.get(0).name();
        if (Objects.requireNonNull(segments.get(1).head()).start().sequence() > needed) {
            return;
        }
        try (StorageDirectory directory = disk.open(AuditedHistory.config().directory())) {
            if (directory.exists(oldest)) {
                directory.delete(oldest);
                deleted++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(List<DiskCall> calls, DiskCall.Kind kind) {
        return calls.stream().filter(call -> call.kind() == kind).count();
    }
}
