package io.melin.test;

import static io.melin.test.SnapshotHistory.save;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A third snapshot is saved beside two good ones, and the power goes, or the disk fails, at each of
 * its calls. Whatever is left, a good one is among it, and the next save works.
 */
@ExtendWith(QuietNodes.class)
class SnapshotCrashTest {
    private static final int PLANS = 24;

    /** K1, K2 and K3 of {@link SnapshotStore}. */
    @Test
    void leavesAGoodOneWhereverThePowerIsCut() throws IOException {
        int cuts = 0;
        boolean isSaved = false;
        while (!isSaved) {
            cuts++;
            for (int seed = 0; seed < PLANS; seed++) {
                isSaved = new SnapshotHistory().cut(cuts, plan(seed));
            }
        }
        System.out.println("SnapshotCrashTest: power cuts at " + (cuts - 1) + " calls");
        assertThat(cuts).isGreaterThan(10);
    }

    private static CrashPlan plan(int seed) {
        return switch (seed) {
            case 0 -> CrashPlan.losingAll();
            case 1 -> CrashPlan.keepingAll();
            default -> CrashPlan.random(seed);
        };
    }

    @Test
    void leavesTheOldOnesWhicheverCallFailsAndSavesTheNextTime() throws IOException {
        for (Fault fault : List.of(Fault.eio(), Fault.noSpace(), Fault.shortWrite(0))) {
            int call = 0;
            boolean hasMet = true;
            while (hasMet) {
                call++;
                SnapshotHistory history = new SnapshotHistory();
                SnapshotStore store = history.store();
                SimulatedDisk disk = history.disk();
                disk.record(true);
                disk.failAtChange(call, fault);
                boolean isSaved = trySaveOn(store);
                hasMet = disk.calls().stream().anyMatch(DiskCall::faulted);
                disk.record(false);
                disk.clearFaults();
                String where = fault + " at call " + call;
                assertThat(history.good()).as(where).hasSizeGreaterThan(1);
                assertThat(isSaved || hasMet).as(where).isTrue();
                save(store, 4);
                disk.crash(CrashPlan.losingAll());
                assertThat(history.good()).as(where).startsWith(4L).hasSizeGreaterThan(1);
            }
            assertThat(call).as(fault.toString()).isGreaterThan(10);
        }
    }

    private static boolean trySaveOn(SnapshotStore store) {
        try {
            save(store, 3);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A sync that failed is not repeated on the same file: the save begins again. */
    @Test
    void writesANewFileAfterASyncThatFailed() throws IOException {
        SnapshotHistory history = new SnapshotHistory();
        SnapshotStore store = history.store();
        SimulatedDisk disk = history.disk();
        disk.failAt(DiskCall.Kind.FORCE, 1, Fault.eio());
        assertThatThrownBy(() -> save(store, 3)).isInstanceOf(IOException.class);
        disk.record(true);
        save(store, 3);

        assertThat(disk.calls().stream().filter(call -> call.kind() == DiskCall.Kind.CREATE))
                .hasSize(1);
    }

    /** What the medium gives back is what counts: a lie of the device is found before the rename. */
    @Test
    void givesNoNameToBytesThatCannotBeReadBack() throws IOException {
        SnapshotHistory history = new SnapshotHistory();
        SnapshotStore store = history.store();
        history.disk().failAt(DiskCall.Kind.READ, 1, Fault.eio());

        assertThatThrownBy(() -> save(store, 3))
                .isInstanceOf(SnapshotException.SnapshotUnreadable.class);
        assertThat(history.good()).containsExactly(2L, 1L);
    }
}
