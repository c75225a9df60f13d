package io.melin.shadow;

import io.melin.apply.EventApplier;
import io.melin.apply.StatePosition;
import io.melin.journal.DurableProgress;
import io.melin.journal.JournalTail;
import io.melin.journal.ReplayStart;
import io.melin.journal.Versions;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.RestoredState;
import io.melin.journaled.StateRestorer;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotStore;
import io.melin.snapshot.SnapshotVersions;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A state, and the journal that it follows.
 *
 * <p>V1: nothing is applied behind a snapshot before the journal's chain up to it is the
 * snapshot's. Threading: one.
 */
final class ShadowTwin<E, R> implements Closeable {
    private final RestoredState<E, R> restored;
    private final EventApplier<E, R> applier;
    private final SnapshotVersions versions;
    private final Versions entryVersions;
    private final JournalTail tail;
    private boolean isProven;

    /** From the newest snapshot, or empty; begins the tail, which is its to close. */
    ShadowTwin(JournaledApplication.Program<E, R> program, SnapshotStore store, JournalTail tail)
            throws IOException {
        this.restored = new StateRestorer<>(program).newest(store);
        this.applier = restored.applier();
        this.versions = program.versions();
        this.entryVersions = program.entryVersions();
        this.tail = tail;
        tail.begin(applier.lastSequence());
        prove();
    }

    /**
     * Reads one entry, and applies it unless the snapshot held it.
     *
     * @return false if there is none yet
     */
    boolean next(DurableProgress durable) throws IOException {
        if (!tail.next(durable)) {
            return false;
        }
        if (tail.sequence() > applier.lastSequence()) {
            tail.requireReplayable(entryVersions);
            applier.apply(tail.header(), tail.payload(), tail.codecVersion());
        } else {
            prove();
        }
        return true;
    }

    /** V1 */
    private void prove() {
        ReplayStart.After start = restored.start();
        if (start != null && !isProven && tail.sequence() == start.sequence()) {
            tail.prove(start);
            isProven = true;
        }
    }

    EventApplier<E, R> applier() {
        return applier;
    }

    /** Of the last entry read, in its segment. */
    long offset() {
        return tail.offset();
    }

    /** Of a snapshot of the state as it is now. */
    SnapshotHeader header() {
        StatePosition position = applier.position();
        return new SnapshotHeader(
                tail.lineage(),
                position.sequence(),
                position.epoch(),
                position.timeNs(),
                tail.chain(),
                versions);
    }

    /** What the newest snapshot at the start held; null if there was none. */
    @Nullable SnapshotHeader snapshot() {
        return restored.header();
    }

    @Override
    public void close() throws IOException {
        tail.close();
    }
}
