package io.melin.journaled;

import io.melin.apply.EventApplier;
import io.melin.event.EventHeader;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException.ReplayFailed;
import io.melin.journal.JournalLook;
import io.melin.journal.Replay;
import io.melin.journal.ReplayStart;
import io.melin.snapshot.SnapshotDigest;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotStore;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the state of an earlier moment.
 *
 * <p>Q1: what is applied is verified as a start verifies it, and nothing is changed. Q2: the state
 * holds exactly the entries up to the target, or there is none. Q3: of a segment behind that of the
 * target no entry is read, so damage there is no obstacle.
 *
 * <p>Threading: one.
 */
final class Audit<E, R> {
    private static final int TRIES = 16;

    private final JournaledApplication.Program<E, R> program;
    private final JournalConfig config;
    private final Storage storage;
    private final Skips skips = new Skips(null);

    Audit(JournaledApplication.Program<E, R> program, JournalConfig config, Storage storage) {
        this.program = program;
        this.config = config.withVersions(program.entryVersions());
        this.storage = storage;
    }

    /** A node may delete files meanwhile; then all begins again. */
    AuditedState<E, R> run(AuditTarget target) throws IOException {
        for (int i = 1; i < TRIES; i++) {
            AuditedState<E, R> state = tryRun(target);
            if (state != null) {
                return state;
            }
        }
        throw new IOException(
                "files are deleted faster than they can be read: directory=" + config.directory());
    }

    private @Nullable AuditedState<E, R> tryRun(AuditTarget target) throws IOException {
        Rebuild rebuild = new Rebuild(target);
        try (StorageDirectory directory = storage.open(config.directory());
                JournalLook look = JournalLook.open(directory, config)) {
            if (!look.hasSegments()) {
                throw new IllegalStateException(
                        "nothing to audit: directory="
                                + config.directory()
                                + ", name="
                                + config.name()
                                + "; check the path");
            }
            look.replay(rebuild, rebuild::isEnough);
        } catch (NoSuchFileException e) {
            return null;
        } catch (ReplayFailed e) {
            if (!skips.learn(config, storage, e)) {
                throw e;
            }
            return null;
        }
        return rebuild.result();
    }

    /** Applies what counts, and drops the rest of the segment that the target is in. */
    private final class Rebuild implements Replay {
        private final AuditTarget target;
        private final StateRestorer<E, R> restorer = new StateRestorer<>(program);
        private RestoredState<E, R> state = new RestoredState<>(restorer.fresh(), null, List.of());
        private long entries;
        private boolean isBehind;

        Rebuild(AuditTarget target) {
            this.target = target;
        }

        @Override
        public ReplayStart begin(StorageDirectory directory) throws IOException {
            if (target.isFromFirst()) {
                return ReplayStart.Beginning.INSTANCE;
            }
            SnapshotStore store =
                    new SnapshotStore(
                            directory,
                            new SnapshotStore.Config(config.name(), SnapshotStore.Config.KEEP_MIN));
            state = restorer.first(store, upToTarget(store));
            ReplayStart.After start = state.start();
            if (start != null) {
                return start;
            }
            int damaged = state.damaged().size();
            return damaged == 0 ? ReplayStart.Beginning.INSTANCE : new ReplayStart.Damaged(damaged);
        }

        private List<SnapshotFile> upToTarget(SnapshotStore store) throws IOException {
            List<SnapshotFile> files = new ArrayList<>();
            for (SnapshotFile file : store.list()) {
                if (target.unit() == AuditTarget.Unit.SEQUENCE
                        ? target.holds(file.sequence(), 0)
                        : isUpToTime(store, file)) {
                    files.add(file);
                }
            }
            return files;
        }

        /** Only the file itself knows; a damaged one is for the restore to pass over. */
        private boolean isUpToTime(SnapshotStore store, SnapshotFile file) {
            try {
                return target.holds(0, store.verify(file).timeNs());
            } catch (SnapshotException e) {
                return true;
            }
        }

        @Override
        public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {
            isBehind = isBehind || !target.holds(header.sequence(), header.timeNs());
            if (!isBehind && skips.isPassed(header, payload)) {
                state.applier().skip(header, payload);
                entries++;
            } else if (!isBehind) {
                state.applier().apply(header, payload, codecVersion);
                entries++;
            }
        }

        boolean isEnough() {
            return isBehind || isReached();
        }

        private boolean isReached() {
            EventApplier<E, R> applier = state.applier();
            return target.unit() == AuditTarget.Unit.SEQUENCE
                    && applier.lastSequence() == target.value();
        }

        AuditedState<E, R> result() throws IOException {
            EventApplier<E, R> applier = state.applier();
            boolean isToTheEnd =
                    target.unit() == AuditTarget.Unit.TIME_NS
                            && target.value() == applier.lastTimeNs();
            if (!isEnough() && !isToTheEnd) {
                throw new AuditBeyondEndException(
                        target, applier.lastSequence(), applier.lastTimeNs());
            }
            ReplayStart.After start = state.start();
            return new AuditedState<>(
                    applier,
                    start == null ? 0 : start.sequence(),
                    entries,
                    SnapshotDigest.of(applier::snapshot));
        }
    }
}
