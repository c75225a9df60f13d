package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.integrity.ChainHash;
import io.melin.snapshot.SavePace;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotStore;
import io.melin.snapshot.SnapshotVersions;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A third snapshot is saved beside two good ones, and the power goes, or the disk fails, at each of
 * its calls. Whatever is left, a good one is among it, and the next save works.
 */
@ExtendWith(QuietNodes.class)
class SnapshotCrashTest {
    private static final Path DIRECTORY = Path.of("/simulated/snapshots");
    private static final SnapshotVersions VERSIONS = new SnapshotVersions(1, 1, 1);
    private static final int LONGS = 50;
    private static final int PLANS = 24;

    private SimulatedDisk disk = new SimulatedDisk(1);

    private static SnapshotStore store(SimulatedDisk disk) throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        return new SnapshotStore(directory, new SnapshotStore.Config("melin.journal", 2, 128));
    }

    private static void save(SnapshotStore store, long sequence) throws IOException {
        SnapshotHeader header =
                new SnapshotHeader(
                        new UUID(1, 2), sequence, 0, 0, ChainHash.of(new byte[32]), VERSIONS);
        store.save(header, out -> write(out, sequence), SavePace.NONE);
    }

    private static void write(SnapshotWriter out, long sequence) throws IOException {
        for (int i = 0; i < LONGS; i++) {
            out.writeLong(sequence * i);
        }
    }

    private static void read(SnapshotReader in, long sequence) throws IOException {
        for (int i = 0; i < LONGS; i++) {
            assertThat(in.readLong()).isEqualTo(sequence * i);
        }
    }

    private void twoGoodOnes() throws IOException {
        disk = new SimulatedDisk(1);
        SnapshotStore store = store(disk);
        save(store, 1);
        save(store, 2);
    }

    /** Sequences of the good ones, the newest first. */
    private static List<Long> good(SimulatedDisk disk) throws IOException {
        SnapshotStore store = store(disk);
        List<Long> good = new ArrayList<>();
        for (SnapshotFile file : store.list()) {
            try {
                store.restore(file, VERSIONS, (header, in) -> read(in, header.sequence()));
                good.add(file.sequence());
            } catch (SnapshotException e) {
                assertThat(e.isDamage()).isTrue();
            }
        }
        return good;
    }

    /** K1, K2 and K3 of {@link SnapshotStore}. */
    @Test
    void leavesAGoodOneWhereverThePowerIsCut() throws IOException {
        int cuts = 0;
        boolean isSaved = false;
        while (!isSaved) {
            cuts++;
            for (int seed = 0; seed < PLANS; seed++) {
                twoGoodOnes();
                disk.failAtChange(cuts, Fault.powerCut());
                isSaved = trySave();
                disk.crash(plan(seed));
                String where = "call=" + cuts + ", plan=" + plan(seed);
                List<Long> good = good(disk);
                assertThat(good).as(where).isNotEmpty().hasSizeGreaterThan(1);
                assertThat(good.get(0)).as(where).isGreaterThanOrEqualTo(isSaved ? 3 : 2);
                assertThat(store(disk).list())
                        .as("no snapshot is damaged, " + where)
                        .hasSameSizeAs(good);
                save(store(disk), 4);
                disk.crash(CrashPlan.losingAll());
                assertThat(good(disk)).as(where).startsWith(4L).hasSizeGreaterThan(1);
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

    private boolean trySave() throws IOException {
        try {
            save(store(disk), 3);
            return true;
        } catch (PowerCut e) {
            return false;
        }
    }

    @Test
    void leavesTheOldOnesWhicheverCallFailsAndSavesTheNextTime() throws IOException {
        for (Fault fault : List.of(Fault.eio(), Fault.noSpace(), Fault.shortWrite(0))) {
            int call = 0;
            boolean hasMet = true;
            while (hasMet) {
                call++;
                twoGoodOnes();
                SnapshotStore store = store(disk);
                disk.record(true);
                disk.failAtChange(call, fault);
                boolean isSaved = trySaveOn(store);
                hasMet = disk.calls().stream().anyMatch(DiskCall::faulted);
                disk.record(false);
                disk.clearFaults();
                String where = fault + " at call " + call;
                assertThat(good(disk)).as(where).hasSizeGreaterThan(1);
                assertThat(isSaved || hasMet).as(where).isTrue();
                save(store, 4);
                disk.crash(CrashPlan.losingAll());
                assertThat(good(disk)).as(where).startsWith(4L).hasSizeGreaterThan(1);
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
        twoGoodOnes();
        SnapshotStore store = store(disk);
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
        twoGoodOnes();
        SnapshotStore store = store(disk);
        disk.failAt(DiskCall.Kind.READ, 1, Fault.eio());

        assertThatThrownBy(() -> save(store, 3))
                .isInstanceOf(SnapshotException.SnapshotUnreadable.class);
        assertThat(good(disk)).containsExactly(2L, 1L);
    }
}
