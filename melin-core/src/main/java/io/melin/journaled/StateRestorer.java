package io.melin.journaled;

import io.melin.app.Application;
import io.melin.app.SnapshotReader;
import io.melin.apply.DedupLimits;
import io.melin.apply.EventApplier;
import io.melin.apply.StatePosition;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes twins of an application, empty or from a snapshot.
 *
 * <p>E1: a damaged snapshot is passed over for the next older one; anything else that is wrong with
 * it is the caller's to see, since an older one would not be better. E2: a twin that a restore
 * failed on is never used.
 *
 * <p>Threading: one.
 */
public final class StateRestorer<E, R> {
    private static final System.Logger LOG = System.getLogger(StateRestorer.class.getName());

    private final JournaledApplication.Program<E, R> program;

    public StateRestorer(JournaledApplication.Program<E, R> program) {
        this.program = program;
    }

    /**
     * From the newest snapshot that can be read; empty if there is none.
     *
     * @throws SnapshotException if a snapshot is intact and yet cannot be taken
     * @throws IOException if it cannot be told which there are
     */
    public RestoredState<E, R> newest(SnapshotStore store) throws IOException {
        return first(store, store.list());
    }

    /** From the first of these that can be read; empty if there is none. */
    RestoredState<E, R> first(SnapshotStore store, List<SnapshotFile> files) {
        List<SnapshotException> damaged = new ArrayList<>();
        for (SnapshotFile file : files) {
            EventApplier<E, R> applier = fresh();
            try {
                SnapshotHeader header =
                        store.restore(
                                file,
                                program.versions(),
                                (found, in) -> restore(applier, found, in));
                return new RestoredState<>(applier, header, damaged);
            } catch (SnapshotException e) {
                if (!e.isDamage()) {
                    throw e;
                }
                LOG.log(System.Logger.Level.ERROR, "snapshot passed over: " + e.getMessage());
                damaged.add(e);
            }
        }
        return new RestoredState<>(fresh(), null, damaged);
    }

    private static void restore(
            EventApplier<?, ?> applier, SnapshotHeader header, SnapshotReader in)
            throws IOException {
        applier.restore(in, header.versions().application());
        StatePosition position = applier.position();
        if (position.sequence() != header.sequence()
                || position.epoch() != header.epoch()
                || position.timeNs() != header.timeNs()) {
            throw new IOException(
                    "state is of another point than its header: header="
                            + header
                            + ", state="
                            + position);
        }
    }

    /** Before the first event. */
    public EventApplier<E, R> fresh() {
        Application<E, R> application = program.prototype().fresh();
        if (application == program.prototype()) {
            throw new IllegalArgumentException(
                    "fresh() must return another object each time: application="
                            + application.getClass().getName());
        }
        return new EventApplier<>(
                application, program.events(), program.reports(), DedupLimits.LINEAGE);
    }
}
