package io.melin.journaled;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.apply.EventApplier;
import io.melin.apply.StatePosition;
import io.melin.integrity.Invariant;
import io.melin.journal.DurableProgress;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException.ReplayFailed;
import io.melin.journal.JournalPorts;
import io.melin.journal.RotationResult;
import io.melin.journal.Skip;
import io.melin.journal.Versions;
import io.melin.snapshot.SavePace;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotStore;
import io.melin.snapshot.SnapshotVersions;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An application whose state is what its journal says: opened by replaying its entries, or those
 * behind a snapshot, through the one applier.
 *
 * <p>Either a pipeline runs on its {@link #applier} and {@link #journal}, or its owner calls {@link
 * #execute}; never both. The journal stays locked until {@link #close}.
 *
 * <p>Threading: one.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class JournaledApplication<E, R> implements AutoCloseable {

    /**
     * What runs, and how its events and reports become bytes.
     *
     * @param prototype only a {@link Application#fresh()} twin of it runs
     */
    public record Program<E, R>(Application<E, R> prototype, Codec<E> events, Codec<R> reports) {

        /** That write entries, and whose entries are taken. */
        public Versions entryVersions() {
            return new Versions(
                    events.version(),
                    events.oldestVersion(),
                    prototype.version(),
                    prototype.oldestVersion());
        }

        /** On which a saved state depends. */
        public SnapshotVersions versions() {
            return new SnapshotVersions(prototype.version(), events.version(), reports.version());
        }
    }

    private static final System.Logger LOG = System.getLogger(JournaledApplication.class.getName());

    /** Whoever runs the application decides which snapshots go. */
    private static final int KEEP_ALL = Integer.MAX_VALUE;

    private final Program<E, R> program;
    private final Journal journal;
    private final RestoredState<E, R> state;
    private final JournalPorts ports;
    private final Execution<E, R> execution;

    private JournaledApplication(
            Program<E, R> program, Journal journal, RestoredState<E, R> state, JournalPorts ports) {
        this.program = program;
        this.journal = journal;
        this.state = state;
        this.ports = ports;
        this.execution = new Execution<>(program, journal, state.applier(), ports.time());
    }

    /**
     * Begins an empty journal.
     *
     * @throws IllegalStateException if the directory holds one already
     * @throws io.melin.journal.JournalException as {@link #open}
     */
    public static <E, R> JournaledApplication<E, R> create(
            Program<E, R> program, JournalConfig config, JournalPorts ports) {
        if (Journal.exists(config, ports)) {
            throw new IllegalStateException(
                    "a journal exists: directory="
                            + config.directory()
                            + ", name="
                            + config.name()
                            + "; recover it, or take another directory");
        }
        return open(program, config, ports);
    }

    /**
     * Recovers what a journal holds by replaying it from its first entry, whatever snapshots there
     * are.
     *
     * @throws IllegalStateException if the directory holds none
     * @throws io.melin.journal.JournalException as {@link #open}
     */
    public static <E, R> JournaledApplication<E, R> recover(
            Program<E, R> program, JournalConfig config, JournalPorts ports) {
        requireJournal(config, ports);
        return open(program, config, ports, SnapshotReplay.Beginning.FIRST_ENTRY);
    }

    /**
     * Recovers from the newest snapshot that can be read and the entries behind it.
     *
     * @throws IllegalStateException if the directory holds no journal, or no snapshot to begin from
     * @throws io.melin.journal.JournalException as {@link #open}
     * @throws io.melin.snapshot.SnapshotException as {@link #open}
     */
    public static <E, R> JournaledApplication<E, R> recoverFromSnapshot(
            Program<E, R> program, JournalConfig config, JournalPorts ports) {
        requireJournal(config, ports);
        return open(program, config, ports, SnapshotReplay.Beginning.NEWEST_SNAPSHOT);
    }

    private static void requireJournal(JournalConfig config, JournalPorts ports) {
        if (!Journal.exists(config, ports)) {
            throw new IllegalStateException(
                    "nothing to recover: directory="
                            + config.directory()
                            + ", name="
                            + config.name()
                            + "; check the path, or create a journal");
        }
    }

    /**
     * Recovers what the journal holds, from the newest snapshot that can be read if there is one,
     * or begins an empty journal.
     *
     * @throws io.melin.journal.JournalException if the journal is damaged, foreign, locked or
     *     cannot be written, or the snapshot is not of this journal; nothing was changed then
     * @throws io.melin.snapshot.SnapshotException if the newest undamaged snapshot cannot be taken;
     *     nothing was changed then
     */
    public static <E, R> JournaledApplication<E, R> open(
            Program<E, R> program, JournalConfig config, JournalPorts ports) {
        return open(program, config, ports, SnapshotReplay.Beginning.BEST);
    }

    /**
     * Rebuilds the state of an earlier moment, from the newest snapshot before it and the entries
     * behind that. Reads only, takes no lock, and may be used beside a running node, whose versions
     * the program must have.
     *
     * @param storage {@link io.melin.storage.ReadOnlyStorage} for a directory of this machine
     * @throws IllegalStateException if the directory holds no journal
     * @throws AuditBeyondEndException if the journal does not reach the target
     * @throws IOException if a file cannot be read, or is deleted too often meanwhile
     * @throws io.melin.journal.JournalException if what was read is damaged, or the entries up to
     *     the target are not there any more
     * @throws io.melin.snapshot.SnapshotException if an undamaged snapshot cannot be taken
     */
    public static <E, R> AuditedState<E, R> audit(
            Program<E, R> program, JournalConfig config, Storage storage, AuditTarget target)
            throws IOException {
        return new Audit<>(program, config, storage).run(target);
    }

    private static <E, R> JournaledApplication<E, R> open(
            Program<E, R> program,
            JournalConfig config,
            JournalPorts ports,
            SnapshotReplay.Beginning beginning) {
        JournalConfig own = config.withVersions(program.entryVersions());
        Skips skips = new Skips(own.skip());
        Replayed<E, R> replayed = null;
        while (replayed == null) {
            skips.begin();
            replayed = tryOpen(new SnapshotReplay<>(program, own, beginning, skips), own, ports);
        }
        Journal journal = replayed.journal();
        boolean isReady = false;
        try {
            JournaledApplication<E, R> opened =
                    new JournaledApplication<>(program, journal, replayed.state(), ports);
            skips.requireMet();
            opened.upgrade();
            opened.skip(skips);
            opened.applier().keepReady();
            isReady = true;
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("the state cannot be saved", e);
        } finally {
            if (!isReady) {
                journal.close();
            }
        }
    }

    /** An open journal, and the state that its replay came to. */
    private record Replayed<E, R>(Journal journal, RestoredState<E, R> state) {}

    /**
     * Null if the replay met an entry that cannot be applied, and that a later entry skips: all
     * begins again without it, since the application may have changed half of its state.
     */
    private static <E, R> @Nullable Replayed<E, R> tryOpen(
            SnapshotReplay<E, R> replay, JournalConfig config, JournalPorts ports) {
        try {
            Journal journal = Journal.open(config, ports, replay);
            return new Replayed<>(journal, replay.state());
        } catch (ReplayFailed e) {
            if (replay.skips().learn(config, ports.storage(), e)) {
                return null;
            }
            throw e;
        }
    }

    /** The operator's skip becomes part of the history, and of a snapshot behind it. */
    private void skip(Skips skips) throws IOException {
        Skip wanted = journal.config().skip();
        if (wanted == null) {
            return;
        }
        if (skips.isMissed(applier().lastSequence())) {
            throw new IllegalArgumentException(
                    "there is no such entry to skip: skip="
                            + wanted
                            + ", last="
                            + applier().lastSequence());
        }
        if (!skips.isToBeJournaled()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "entry was skipped before, take the setting away: skip=" + wanted);
            return;
        }
        execution.journal(wanted);
        saveSnapshot(KEEP_ALL);
        LOG.log(
                System.Logger.Level.WARNING,
                "entry is skipped for ever, take the setting away: skip="
                        + wanted
                        + ", journaledAs="
                        + applier().lastSequence());
    }

    /**
     * What another version wrote is behind a snapshot of this one, and in segments of its own. A
     * crash in between leaves what the next start does again.
     */
    private void upgrade() throws IOException {
        if (journal.isOfOtherVersion()) {
            SnapshotFile saved = saveSnapshot(KEEP_ALL);
            execution.rotate();
            LOG.log(
                    System.Logger.Level.INFO,
                    "journal upgraded: snapshot=" + saved.name() + ", to=" + program.versions());
        }
    }

    /**
     * Makes one event durable, then applies it.
     *
     * @throws io.melin.app.MelinRefusedException surely not applied: invalid, too large, or the id
     *     was used for another payload
     * @throws io.melin.app.EventRejectedException declared by the application
     * @throws io.melin.app.MelinUnknownOutcomeException the id's first outcome is no longer held
     * @throws RuntimeException of any other kind: the disk or the application failed, and nothing
     *     more can be executed
     */
    public MelinResult<R> execute(E event, EventId id) {
        return execution.execute(event, id);
    }

    /**
     * Makes an archive of the live segment and goes on in a new one; nothing happens if it is
     * empty.
     *
     * @throws io.melin.journal.JournalException.RotationFailed if the old segment goes on; all is
     *     as before
     * @throws io.melin.journal.JournalException of any other kind: nothing more can be executed
     */
    public RotationResult rotate() {
        return execution.rotate();
    }

    /**
     * Saves the state as it is now. Not while a pipeline runs on the applier: its owner is another
     * thread then.
     *
     * @param keep how many snapshots stay, 2 or more
     * @throws IOException if it cannot be saved; those that were there stay
     * @throws io.melin.snapshot.SnapshotException if what was written cannot be read back
     */
    public SnapshotFile saveSnapshot(int keep) throws IOException {
        JournalConfig config = journal.config();
        DurableProgress durable = journal.writer().durableProgress();
        StatePosition position = applier().position();
        Invariant.checkEqual(position.sequence(), durable.sequence(), "applied and durable");
        SnapshotHeader header =
                new SnapshotHeader(
                        journal.report().lineage(),
                        position.sequence(),
                        position.epoch(),
                        position.timeNs(),
                        journal.writer().chainHash(),
                        program.versions());
        try (StorageDirectory directory = ports.storage().open(config.directory())) {
            return new SnapshotStore(directory, new SnapshotStore.Config(config.name(), keep))
                    .save(header, applier()::snapshot, SavePace.NONE);
        }
    }

    public EventApplier<E, R> applier() {
        return state.applier();
    }

    /** What opening began from, and which snapshots it passed over as damaged. */
    public RestoredState<E, R> restored() {
        return state;
    }

    public Journal journal() {
        return journal;
    }

    /** Closes the journal; see {@link Journal#close}. */
    @Override
    public void close() {
        journal.close();
    }
}
