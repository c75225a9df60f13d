package io.melin.shadow;

import io.melin.journal.DurableProgress;
import io.melin.journal.Follower;
import io.melin.journal.JournalException;
import io.melin.journal.JournalTail;
import io.melin.journaled.JournaledApplication;
import io.melin.shadow.ShadowStatus.Phase;
import io.melin.snapshot.SavePace;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotStore;
import io.melin.stage.Stage;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.time.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots without the pipeline noticing: follows the journal's files up to what is durable,
 * applies each entry to a private twin, and saves the twin when the schedule says so. Every entry's
 * end is a point where it can.
 *
 * <p>T1: it holds nothing that the pipeline waits for, and nothing that befalls it stops the node.
 * T2: a snapshot holds durable entries only. T3: damage that it reads, or an application that
 * fails, ends it with a typed alarm; a failed read or save is tried again. T4: without a new entry
 * nothing is written. T5: at an orderly end the last snapshot holds every durable entry, unless it
 * is cancelled or had not begun.
 *
 * <p>Threading: one of its own, but for {@link #cancel}. A save takes a lap as long as it lasts.
 */
public final class ShadowSnapshotter<E, R> implements Stage {
    private static final System.Logger LOG = System.getLogger(ShadowSnapshotter.class.getName());
    private static final int LAP_ENTRIES = 1_024;

    private final JournaledApplication.Program<E, R> program;
    private final Config config;
    private final Ports ports;
    private final SaveSchedule schedule;
    private final ShadowMeters meters;
    private @Nullable StorageDirectory directory;
    private @Nullable SnapshotStore store;
    private @Nullable ShadowTwin<E, R> twin;
    private long nextTryNs;
    private volatile boolean isCancelled;

    /**
     * @param directory of the journal
     * @param journal name of the live segment
     */
    public record Config(Path directory, String journal, SnapshotConfig snapshots) {}

    /**
     * What a shadow needs from outside.
     *
     * @param durable up to where the journal is synced
     * @param follower of the journal, which the shadow is
     * @param isOrderly whether it may write when it is closed: not after a failure of the node
     */
    public record Ports(
            Storage storage,
            TimeSource time,
            Supplier<DurableProgress> durable,
            Follower follower,
            Pause pause,
            BooleanSupplier isOrderly,
            ShadowListener listener,
            ShadowMeters meters) {}

    public ShadowSnapshotter(
            JournaledApplication.Program<E, R> program, Config config, Ports ports) {
        this.program = program;
        this.config = config;
        this.ports = ports;
        this.schedule = new SaveSchedule(config.snapshots());
        this.meters = ports.meters();
        meters.status(ShadowStatus.OFF.in(Phase.STARTING));
    }

    @Override
    public String name() {
        return "shadow";
    }

    @Override
    public int doWork() {
        long nowNs = ports.time().tickerNs();
        boolean isStopped = meters.status().phase() == Phase.STOPPED;
        if (isStopped || nextTryNs != 0 && nowNs - nextTryNs < 0) {
            watch(nowNs);
            return 0;
        }
        try {
            nextTryNs = 0;
            return work(nowNs);
        } catch (IOException e) {
            retry(e, nowNs);
        } catch (RuntimeException | Error e) {
            alarm(e);
        }
        return 0;
    }

    private int work(long nowNs) throws IOException {
        ShadowTwin<E, R> following = twin;
        if (following == null) {
            begin();
            return 1;
        }
        DurableProgress durable = ports.durable().get();
        int done = follow(following, durable, nowNs);
        watch(nowNs);
        if (schedule.isDue(nowNs)) {
            save(following, pace());
            return done + 1;
        }
        return done;
    }

    private void begin() throws IOException {
        StorageDirectory opened = ports.storage().open(config.directory());
        directory = opened;
        SnapshotStore snapshots =
                new SnapshotStore(
                        opened,
                        new SnapshotStore.Config(config.journal(), config.snapshots().keep()));
        store = snapshots;
        JournalTail tail = new JournalTail(opened, config.journal(), ports.follower());
        ShadowTwin<E, R> begun = null;
        try {
            begun = new ShadowTwin<>(program, snapshots, tail);
        } finally {
            if (begun == null) {
                close(tail);
            }
        }
        twin = begun;
        SnapshotHeader header = begun.snapshot();
        ShadowStatus now = meters.status().in(Phase.FOLLOWING).failing(null);
        meters.status(header == null ? now : now.at(header.sequence(), header.timeNs()));
        meters.applied(begun.applier().lastSequence());
    }

    private int follow(ShadowTwin<E, R> following, DurableProgress durable, long nowNs)
            throws IOException {
        int done = 0;
        long before = following.offset();
        long applied = following.applier().lastSequence();
        while (done < LAP_ENTRIES && following.next(durable)) {
            done++;
            long offset = following.offset();
            if (following.applier().lastSequence() > applied) {
                applied++;
                // The first entry of a segment counts without what came before it in the last one.
                schedule.applied(Math.max(0, offset - before), nowNs);
            }
            before = offset;
        }
        if (done > 0) {
            meters.applied(applied);
        }
        return done;
    }

    /** Keeps the due time right also while nothing is read. */
    private void watch(long nowNs) {
        if (ports.durable().get().sequence() > meters.status().sequence()) {
            schedule.pending(nowNs);
        }
        meters.due(schedule.dueNs());
    }

    private SavePace pace() {
        return new PacedSave(ports.time(), ports.pause(), () -> isCancelled);
    }

    private void save(ShadowTwin<E, R> of, SavePace pace) {
        SnapshotStore snapshots = store;
        if (snapshots == null) {
            return;
        }
        long startedNs = ports.time().tickerNs();
        meters.status(meters.status().in(Phase.SAVING));
        SnapshotHeader header = of.header();
        try {
            snapshots.save(header, of.applier()::snapshot, pace);
            schedule.saved(ports.durable().get().sequence() - header.sequence(), startedNs);
            meters.saved(ports.time().tickerNs() - startedNs);
            meters.status(meters.status().at(header.sequence(), header.timeNs()).failing(null));
        } catch (IOException | RuntimeException e) {
            // Also what the application threw: its state is as it was, the next try may succeed.
            schedule.failed(ports.time().tickerNs());
            failed("snapshot not saved", e);
        }
        meters.status(meters.status().in(Phase.FOLLOWING));
        meters.due(schedule.dueNs());
    }

    /** A device that does not answer now may do so later; what was read before counts. */
    private void retry(IOException cause, long nowNs) {
        failed("journal not read", cause);
        nextTryNs = nowNs + SaveSchedule.BACKOFF_NS_FIRST;
        watch(nowNs);
        if (twin == null) {
            closeDirectory();
        }
    }

    private void failed(String what, Exception cause) {
        meters.failed();
        meters.status(meters.status().failing(what + ", " + cause));
        LOG.log(Level.WARNING, what + ", it is tried again: sequence=" + sequence(), cause);
    }

    /** T3 */
    private void alarm(Throwable cause) {
        boolean isKnown = cause instanceof SnapshotException || cause instanceof JournalException;
        LOG.log(
                Level.ERROR,
                "shadow stops, the node goes on: sequence="
                        + sequence()
                        + ", cause="
                        + cause.getMessage(),
                isKnown ? null : cause);
        meters.status(meters.status().stopped(cause));
        closeTwin(); // Its memory is the node's again.
        ports.listener().onAlarm(cause);
    }

    @Override
    public long sequence() {
        ShadowTwin<E, R> following = twin;
        return following == null ? 0 : following.applier().lastSequence();
    }

    /** Ends a save that is under way. Any thread. */
    public void cancel() {
        isCancelled = true;
    }

    @Override
    public void onClose() {
        ShadowTwin<E, R> following = twin;
        boolean mayWrite =
                ports.isOrderly().getAsBoolean() && meters.status().phase() == Phase.FOLLOWING;
        if (following != null && mayWrite) {
            saveLast(following);
        }
        closeTwin();
        closeDirectory();
    }

    /** T5: the next start, of this version or the next, has nothing to replay. */
    private void saveLast(ShadowTwin<E, R> following) {
        DurableProgress durable = ports.durable().get();
        try {
            int read;
            do {
                read = follow(following, durable, ports.time().tickerNs());
            } while (read > 0 && !isCancelled);
        } catch (IOException e) {
            failed("journal not read", e);
            return;
        } catch (RuntimeException | Error e) {
            alarm(e);
            return;
        }
        if (!isCancelled && following.applier().lastSequence() > meters.status().sequence()) {
            save(following, new PacedSave(ports.time(), Pause.NONE, () -> isCancelled));
        }
    }

    private void closeTwin() {
        ShadowTwin<E, R> following = twin;
        twin = null;
        if (following != null) {
            close(following);
        }
    }

    private void closeDirectory() {
        StorageDirectory opened = directory;
        directory = null;
        store = null;
        if (opened != null) {
            close(opened);
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "close failed", e);
        }
    }
}
