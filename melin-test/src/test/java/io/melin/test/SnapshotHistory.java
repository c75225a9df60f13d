package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.integrity.ChainHash;
import io.melin.snapshot.SavePace;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotStore;
import io.melin.snapshot.SnapshotVersions;
import io.melin.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Two good snapshots on a simulated disk, and a third one that is saved beside them. */
final class SnapshotHistory {
    private static final Path DIRECTORY = Path.of("/simulated/snapshots");
    private static final SnapshotVersions VERSIONS = new SnapshotVersions(1, 1, 1);
    private static final int LONGS = 50;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final UnaryOperator<Storage> storage;

    SnapshotHistory() throws IOException {
        this(UnaryOperator.identity());
    }

    /**
     * @param storage what stands between the store and its disk
     */
    SnapshotHistory(UnaryOperator<Storage> storage) throws IOException {
        this.storage = storage;
        SnapshotStore store = store();
        save(store, 1);
        save(store, 2);
    }

    SimulatedDisk disk() {
        return disk;
    }

    SnapshotStore store() throws IOException {
        return new SnapshotStore(
                storage.apply(disk).open(DIRECTORY),
                new SnapshotStore.Config("melin.journal", 2, 128));
    }

    static void save(SnapshotStore store, long sequence) throws IOException {
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

    /** Sequences of the good ones, the newest first. */
    List<Long> good() throws IOException {
        SnapshotStore store = store();
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

    /**
     * Cuts the power at the n-th call of the third save: K1, K2 and K3 of {@link SnapshotStore}
     * hold, and the next save works.
     *
     * @return whether the save was over before
     */
    boolean cut(int call, CrashPlan plan) throws IOException {
        disk.failAtChange(call, Fault.powerCut());
        boolean isSaved = trySave();
        disk.crash(plan);
        String where = "call=" + call + ", plan=" + plan;
        List<Long> good = good();
        assertThat(good).as(where).isNotEmpty().hasSizeGreaterThan(1);
        assertThat(good.get(0)).as(where).isGreaterThanOrEqualTo(isSaved ? 3 : 2);
        assertThat(store().list()).as("no snapshot is damaged, " + where).hasSameSizeAs(good);
        save(store(), 4);
        disk.crash(CrashPlan.losingAll());
        assertThat(good()).as(where).startsWith(4L).hasSizeGreaterThan(1);
        return isSaved;
    }

    private boolean trySave() throws IOException {
        try {
            save(store(), 3);
            return true;
        } catch (PowerCut e) {
            return false;
        }
    }
}
