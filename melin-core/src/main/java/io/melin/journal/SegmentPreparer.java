package io.melin.journal;

import io.melin.stage.Stage;
import io.melin.stage.Waiter;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the zeros of the next segments ahead of time, slowly enough for the live one not to
 * notice, and runs what rotations leave to be done off the hot path.
 *
 * <p>S1: one window of zeros is in flight at a time, and then the medium rests fifteen times as
 * long as it took: a sync of the live segment seldom meets one. No window ends with a sync of its
 * own, for which the next of the live segment would have to wait. It does not rest while less is
 * written than is due: the live segment would be full first, and its writer would write zeros
 * itself. S2: a segment is handed out once all its zeros and its name are on stable media; from
 * then on it is the taker's. S3: nothing here fails the node: an error drops the file, and the next
 * try waits. S4: nothing is written once the node has failed. S5: while a segment is
 * ready nothing is due, and the rests are sixty-three times as long: what lies ready is for the
 * times in which much is written. S6: it does not rest while nothing has been synced for {@link
 * Pace#QUIET_NS}: nobody notices, and who comes then meets a window or two.
 *
 * <p>Threading: a stage of its own thread. {@link #take} and {@link #prepare} belong to the holder
 * of the disk work; {@link #execute} and {@link #spares} are for any thread.
 */
public final class SegmentPreparer implements Stage, Executor {
    static final long BACK_OFF_NS = 30_000_000_000L;

    private static final System.Logger LOG = System.getLogger(SegmentPreparer.class.getName());

    private final Ports ports;
    private final Spares spares = new Spares();
    private final Pace pace;
    private final SpentPages spent;
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final ByteBuffer zeros = Zeros.view();
    private volatile boolean isRunning;
    private @Nullable StorageFile file;
    private long fileBytes;
    private long zeroedEnd;

    /**
     * @param follower of the journal's files
     * @param isStopped whether the node was declared failed
     */
    record Ports(
            StorageDirectory directory,
            SegmentNames names,
            Follower follower,
            TimeSource time,
            BooleanSupplier isStopped) {}

    SegmentPreparer(Ports ports) {
        this.ports = ports;
        this.pace = new Pace(ports.time(), spares);
        this.spent = new SpentPages(ports.directory(), ports.names(), ports.follower());
    }

    /** Parks the thread of this stage for as long as there is nothing to do. */
    public Waiter waiter() {
        return pace;
    }

    /** As {@link #prepare(long, long, long)}, one and without haste. */
    void prepare(long bytes) {
        prepare(1, bytes, 0);
    }

    /**
     * Wants so many segments of this size to be ready. Allocates nothing. To be called with each
     * sync of the live segment, from the first on that wants any (S6).
     *
     * @param due so much of the first should be written by now (S1)
     */
    void prepare(long count, long bytes, long due) {
        pace.synced(spares.ready() > 0 ? 0 : due); // S5
        if (spares.want(count, bytes) || pace.isLate()) {
            pace.signal();
        }
    }

    /** The segment that is ready, or null. */
    @Nullable StagedSegment take() {
        return spares.take();
    }

    /** How many segments are ready. */
    public int spares() {
        return spares.ready();
    }

    /**
     * Cuts the zeros behind a sealed segment off and closes it, best effort: an archive that keeps
     * them is whole too. Nobody waits for it, and nothing syncs it.
     *
     * @param segment its number, whose archive's name is synced
     */
    void trim(StorageFile sealed, long segment, long validEnd) {
        execute(() -> {
            spent.sealed(segment, validEnd);
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
        if (!spares.isWanted() || !pace.isRested() || ports.isStopped().getAsBoolean()) {
            return done;
        }
        try {
            step();
        } catch (IOException e) {
            drop();
            pace.backOff(BACK_OFF_NS);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no segment can be prepared, rotations are slower: retryAfterNs=" + BACK_OFF_NS,
                    e);
        }
        return done + 1;
    }

    private void step() throws IOException {
        long startedNs = ports.time().tickerNs();
        StorageFile filling = file;
        if (filling == null) {
            begin();
        } else if (zeroedEnd < fileBytes) {
            int bytes = (int) Math.min(Zeros.BYTES_MAX, fileBytes - zeroedEnd);
            spent.giveUp(bytes);
            filling.writeFully(zeros.clear().limit(bytes), zeroedEnd);
            filling.writeOut(zeroedEnd, bytes);
            zeroedEnd += bytes;
        } else {
            filling.force();
            ports.directory().sync();
            file = null;
            spares.add(new StagedSegment(name(spares.number()), filling, zeroedEnd)); // S2
        }
        pace.rest(startedNs, file == null ? Pace.NEVER_LATE : zeroedEnd);
    }

    private void begin() throws IOException {
        long bytes = spares.bytes();
        // The live segment needs space more than this does.
        long freeBytes = ports.directory().freeBytes();
        if (freeBytes / 2 < bytes) {
            throw new IOException("not enough free space: free=" + freeBytes + ", wanted=" + bytes);
        }
        String name = name(spares.number());
        if (ports.directory().exists(name)) {
            ports.directory().delete(name);
        }
        zeroedEnd = 0;
        fileBytes = bytes;
        file = ports.directory().create(name);
    }

    private String name(long number) {
        return ports.names().prepared(number);
    }

    private void drop() {
        StorageFile filling = file;
        if (filling != null) {
            file = null;
            new StagedSegment(name(spares.number()), filling, zeroedEnd).discard(ports.directory());
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
            new StagedSegment(name(spares.number()), filling, zeroedEnd).close();
        }
        runErrands();
    }

    /** After the last step: closes what is ready. The next start deletes the files. */
    void close() {
        for (StagedSegment unused = take(); unused != null; unused = take()) {
            unused.close();
        }
        runErrands();
    }
}
