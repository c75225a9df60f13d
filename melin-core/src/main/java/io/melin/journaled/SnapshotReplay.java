package io.melin.journaled;

import io.melin.apply.EventApplier;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.journal.JournalConfig;
import io.melin.journal.Replay;
import io.melin.journal.ReplayStart;
import io.melin.journal.Skip;
import io.melin.snapshot.SnapshotStore;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Replays a journal into a twin, behind the newest snapshot where one may be used. One thread. */
final class SnapshotReplay<E, R> implements Replay {
    /** What a replay begins from. */
    enum Beginning {
        /** The first entry, whatever snapshots there are. */
        FIRST_ENTRY,
        NEWEST_SNAPSHOT,
        /** The newest snapshot if there is one. */
        BEST
    }

    private final StateRestorer<E, R> restorer;
    private final JournalConfig config;
    private final Beginning beginning;
    private final Skips skips;
    private RestoredState<E, R> state;

    SnapshotReplay(
            JournaledApplication.Program<E, R> program,
            JournalConfig config,
            Beginning beginning,
            Skips skips) {
        this.skips = skips;
        this.restorer = new StateRestorer<>(program);
        this.config = config;
        this.beginning = beginning;
        this.state = new RestoredState<>(restorer.fresh(), null, List.of());
    }

    @Override
    public ReplayStart begin(StorageDirectory directory) throws IOException {
        if (beginning == Beginning.FIRST_ENTRY) {
            return ReplayStart.Beginning.INSTANCE;
        }
        state =
                restorer.newest(
                        new SnapshotStore(
                                directory,
                                new SnapshotStore.Config(
                                        config.name(), SnapshotStore.Config.KEEP_MIN)));
        ReplayStart.After start = state.start();
        if (start != null) {
            return start;
        }
        if (beginning == Beginning.NEWEST_SNAPSHOT) {
            throw new IllegalStateException(
                    "no snapshot to recover from: directory="
                            + config.directory()
                            + ", name="
                            + config.name()
                            + ", damaged="
                            + state.damaged().size()
                            + "; check the path, or recover from the first entry");
        }
        int damaged = state.damaged().size();
        return damaged == 0 ? ReplayStart.Beginning.INSTANCE : new ReplayStart.Damaged(damaged);
    }

    @Override
    public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {
        if (skips.isPassed(header, payload)) {
            state.applier().skip(header, payload);
            return;
        }
        if (header.kind() == EventKind.SKIP) {
            skips.met(Skip.read(payload));
        }
        state.applier().apply(header, payload, codecVersion);
    }

    Skips skips() {
        return skips;
    }

    /** What was restored, and what was applied to it since. */
    RestoredState<E, R> state() {
        return state;
    }

    EventApplier<E, R> applier() {
        return state.applier();
    }
}
