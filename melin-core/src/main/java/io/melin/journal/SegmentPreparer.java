package io.melin.journal;

import io.melin.stage.Stage;
import io.melin.stage.ThreadWakeup;
import io.melin.stage.Waiter;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the zeros of the next segment ahead of time, slowly enough for the live one not to notice,
 * and runs what rotations leave to be done off the hot path.
 *
 * <p>S1: one window of zeros is in flight at a time, and then the medium rests fifteen times as
 * long as it took: a sync of the live segment seldom meets one. No window ends with a sync of its
 * own, for which the next of the live segment would have to wait. It does not rest while less is
 * written than is due: the live segment would be full first, and its writer would write zeros
 * itself. S2: a segment is handed out once all its zeros and its name are on stable media; from
 * then on it is the taker's. S3: nothing here fails the node: an error drops the file, and the next
 * try waits. S4: nothing is written once the node has failed.
 *
 * <p>Threading: a stage of its own thread. {@link #take} and {@link #prepare} belong to the holder
 * of the disk work; {@link #execute} is for any thread.
 */
public final class SegmentPreparer implements Stage, Executor {
    static final long BACK_OFF_NS = 30_000_000_000L;
    static final int REST = 15;

    private static final System.Logger LOG = System.getLogger(SegmentPreparer.class.getName());

    private final Ports ports;
    private final Pace pace = new Pace();
    private final Haste haste = new Haste();
    private final AtomicReference<Slot> slot = new AtomicReference<>(Idle.NOTHING);
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final ByteBuffer zeros = Zeros.view();
    private volatile boolean isRunning;
    private @Nullable StorageFile file;
    private long zeroedEnd;
    private long dueNs;

    /**
     * @param name of the file until it is the live segment
     * @param isStopped whether the node was declared failed
     */
    record Ports(
            StorageDirectory directory, String name, TimeSource time, BooleanSupplier isStopped) {}

    /** Whose the file is: nobody's or the taker's, this stage's, nobody's but to be taken. */
    private sealed interface Slot permits Idle, Wanted, Ready {}

    private enum Idle implements Slot {
        NOTHING
    }

    private record Wanted(long bytes) implements Slot {}

    private record Ready(StagedSegment segment) implements Slot {}

    SegmentPreparer(Ports ports) {
        this.ports = ports;
        this.dueNs = ports.time().tickerNs();
    }

    /** Parks the thread of this stage for as long as there is nothing to do. */
    public Waiter waiter() {
        return pace;
    }

    /** As {@link #prepare(long, long)}, without haste. */
    void prepare(long bytes) {
        prepare(bytes, 0);
    }

    /**
     * Wants a segment of this size, unless one is ready or under way: then allocates nothing.
     *
     * @param due so much of it should be written by now (S1)
     */
    void prepare(long bytes, long due) {
        haste.dueBytes = due;
        if (slot.get() == Idle.NOTHING && slot.compareAndSet(Idle.NOTHING, new Wanted(bytes))) {
            pace.signal();
        } else if (haste.isLate()) {
            pace.signal();
        }
    }

    /** The segment that is ready, or null. */
    @Nullable StagedSegment take() {
        Slot found = slot.get();
        // Only the taker ends this state, so it cannot change in between.
        if (found instanceof Ready ready) {
            slot.set(Idle.NOTHING);
            return ready.segment;
        }
        return null;
    }

    /**
     * Cuts the zeros behind a sealed segment off and closes it, best effort: an archive that keeps
     * them is whole too. Nobody waits for it, and nothing syncs it.
     */
    void trim(StorageFile sealed, long validEnd) {
        execute(() -> {
            try (sealed) {
                if (!ports.isStopped().getAsBoolean()) {
                    sealed.truncate(validEnd);
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "archive keeps its zeros", e);
            }
        });
    }

    /** Runs something soon on the thread of this stage, or at once if it has none. */
    @Override
    public void execute(Runnable errand) {
        if (isRunning) {
            errands.add(errand);
            pace.signal();
        } else {
            errand.run();
        }
    }

    @Override
    public String name() {
        return "preparer";
    }

    @Override
    public void onStart() {
        isRunning = true;
    }

    @Override
    public int doWork() {
        int done = runErrands();
        if (!(slot.get() instanceof Wanted wanted) || !isDue()) {
            return done;
        }
        try {
            step(wanted);
        } catch (IOException e) {
            drop();
            dueNs = ports.time().tickerNs() + BACK_OFF_NS;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no segment can be prepared, rotations are slower: retryAfterNs=" + BACK_OFF_NS,
                    e);
        }
        return done + 1;
    }

    private boolean isDue() {
        boolean isRested = haste.isLate() || ports.time().tickerNs() - dueNs >= 0;
        return isRested && !ports.isStopped().getAsBoolean();
    }

    /** S1. */
    private void step(Wanted wanted) throws IOException {
        long startedNs = ports.time().tickerNs();
        StorageFile filling = file;
        if (filling == null) {
            begin(wanted.bytes);
        } else if (zeroedEnd < wanted.bytes) {
            int bytes = (int) Math.min(Zeros.BYTES_MAX, wanted.bytes - zeroedEnd);
            filling.writeFully(zeros.clear().limit(bytes), zeroedEnd);
            filling.writeOut(zeroedEnd, bytes);
            zeroedEnd += bytes;
        } else {
            filling.force();
            ports.directory().sync();
            file = null;
            slot.set(new Ready(new StagedSegment(ports.name(), filling, zeroedEnd))); // S2
        }
        long nowNs = ports.time().tickerNs();
        dueNs = nowNs + REST * (nowNs - startedNs);
        haste.lateFrom = file == null ? Haste.NEVER : zeroedEnd;
    }

    private void begin(long bytes) throws IOException {
        // The live segment needs space more than this does.
        long freeBytes = ports.directory().freeBytes();
        if (freeBytes / 2 < bytes) {
            throw new IOException("not enough free space: free=" + freeBytes + ", wanted=" + bytes);
        }
        if (ports.directory().exists(ports.name())) {
            ports.directory().delete(ports.name());
        }
        zeroedEnd = 0;
        file = ports.directory().create(ports.name());
    }

    private void drop() {
        StorageFile filling = file;
        if (filling != null) {
            file = null;
            haste.lateFrom = Haste.NEVER;
            new StagedSegment(ports.name(), filling, zeroedEnd).discard(ports.directory());
        }
    }

    private int runErrands() {
        int done = 0;
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
            done++;
        }
        return done;
    }

    @Override
    public void onClose() {
        isRunning = false;
        StorageFile filling = file;
        if (filling != null) {
            file = null;
            new StagedSegment(ports.name(), filling, zeroedEnd).close();
        }
        runErrands();
    }

    /** After the last step: closes what is ready. The next start deletes the file. */
    void close() {
        StagedSegment unused = take();
        if (unused != null) {
            unused.close();
        }
        runErrands();
    }

    /** Whether a rest has to end, for the one who rests and the one who must wake it. */
    private static final class Haste {
        static final long NEVER = Long.MAX_VALUE;

        private volatile long dueBytes;

        /** While it rests between two windows, how far it is; else it is not late. */
        private volatile long lateFrom = NEVER;

        boolean isLate() {
            return dueBytes > lateFrom;
        }
    }

    /** Waits no longer than until the next window is due. */
    private final class Pace implements Waiter {
        private final ThreadWakeup wakeup = new ThreadWakeup();

        @Override
        public void arm() {
            wakeup.arm();
        }

        @Override
        public void disarm() {
            wakeup.disarm();
        }

        @Override
        public void await(long limitNs) {
            boolean isWanted = slot.get() instanceof Wanted;
            long restNs = isWanted ? dueNs - ports.time().tickerNs() : Long.MAX_VALUE;
            if (restNs > 0 && !haste.isLate()) {
                wakeup.await(Math.min(limitNs, restNs));
            } else {
                wakeup.disarm();
            }
        }

        @Override
        public void signal() {
            wakeup.signal();
        }
    }
}
