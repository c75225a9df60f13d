package io.melin.journal;

import io.melin.cursor.Cursor;
import io.melin.cursor.CursorTriple;
import io.melin.cursor.CursorView;
import io.melin.integrity.ChainHash;
import io.melin.integrity.Invariant;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalPoisoned;
import io.melin.journal.JournalException.NodeStopped;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the live segment: makes framed entries durable, then says how far; rotates between two
 * backlogs.
 *
 * <p>J1: what is published was synced before. J2: after any failure nothing is written, synced or
 * published again. J3: frames are released last, so an empty backlog means all is published. J4:
 * entries go only into space that holds written zeros. J5: nothing is published between the seal of
 * a segment and the moment when its successor's name is synced, or the seal is taken back.
 *
 * <p>Threading: one holder of the disk work at a time; the cursors, the progress and the counters
 * are for any thread. Allocation free.
 */
public final class SegmentWriter {
    private static final DurableListener NOBODY = sequence -> {};

    private final JournalPorts ports;
    private final String path;
    private final Rotation rotation;
    private final History history;
    private final Cursor durableSequence;
    private final CursorTriple progress;
    private final DiskCounters counters;
    private LiveSegment live;

    private final BatchInHand inHand = new BatchInHand();

    private @Nullable Throwable failure;

    /**
     * @param path of the live segment
     */
    SegmentWriter(Recovery.Result recovered, Rotation rotation, JournalPorts ports, String path) {
        this.ports = ports;
        this.path = path;
        this.rotation = rotation;
        this.history = recovered.history();
        this.live = recovered.live();
        this.counters = recovered.counters();
        rotation.prepareNext(live);
        SegmentTip tip = live.tip();
        this.durableSequence = new Cursor(tip.sequence());
        this.progress = new CursorTriple(tip.sequence(), tip.segment(), tip.end());
    }

    /**
     * Does what comes before the sync in {@link #writeAndForce(FrameBuffer, DurableListener)}, and
     * has the device begin: what the caller does until then costs no time. The next call is that
     * one.
     *
     * @throws JournalException as that
     */
    public void writeAhead(FrameBuffer frames, DurableListener listener) {
        checkUsable();
        try {
            if (!inHand.isWritten() && write(frames, listener)) {
                live.space().beginForce(live.tip().end(), inHand.end());
            }
        } catch (IOException e) {
            throw poison(e, ioFailure(e));
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /**
     * As {@link #writeAndForce(FrameBuffer, DurableListener)}, telling nobody.
     */
    public boolean writeAndForce(FrameBuffer frames) {
        return writeAndForce(frames, NOBODY);
    }

    /**
     * Hashes and releases the backlog before; writes all that is framed, unless some was written
     * ahead; syncs once, publishes and tells; then rotates if it is time to. So no answer waits
     * for a hash, not even where one thread does everything.
     *
     * @param listener told right after publishing
     * @return false if nothing was done, since nothing is framed or the last rotation does not let
     *     it be written yet
     * @throws JournalException if a write or sync failed, now or ever before, or the node was
     *     declared failed meanwhile; nothing was published, and nothing ever will be
     */
    public boolean writeAndForce(FrameBuffer frames, DurableListener listener) {
        checkUsable();
        try {
            boolean hasEntries = inHand.isWritten() || write(frames, listener);
            if (hasEntries) {
                force(listener);
            }
            return rotateIfDue(listener) || hasEntries;
        } catch (IOException e) {
            throw poison(e, ioFailure(e));
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Hashes and releases the backlog before, and waits for what a rotation has left open: behind
     * it nothing is under way. Only for callers that may wait, and know that nobody else does the
     * disk work.
     *
     * @throws JournalException as {@link #writeAndForce(FrameBuffer, DurableListener)}
     */
    public void settle() {
        checkUsable();
        Invariant.check(!inHand.isWritten(), "settled between a write and its sync");
        absorb(NOBODY);
        try {
            while (!rotation.isSettled()) {
                enter(rotation.settleNow());
            }
        } catch (IOException e) {
            throw poison(e, ioFailure(e));
        }
    }

    /**
     * @return false if nothing was written: nothing is framed, or a rotation is not through
     */
    private boolean write(FrameBuffer frames, DurableListener listener) throws IOException {
        absorb(listener);
        if (!rotation.isSettled() && !enter(rotation.settle())) {
            return false;
        }
        FramedBatch batch = frames.batch();
        if (!batch.acquire() || !batch.limitTo(rotation.triggers().boundary())) {
            return false;
        }
        long startedNs = ports.time().tickerNs();
        counters.start(startedNs);
        long end = live.space().write(batch.first(), batch.second(), live.tip(), startedNs);
        inHand.written(batch, end);
        return true;
    }

    private void force(DurableListener listener) throws IOException {
        live.space().force(ports.time());
        if (ports.isStopped().getAsBoolean()) {
            throw new NodeStopped(place());
        }
        SegmentTip tip = live.tip();
        tip.moveTo(inHand.durable().lastSequence(), inHand.end());
        progress.publish(tip.sequence(), tip.segment(), tip.end()); // J1
        durableSequence.publish(tip.sequence());
        counters.finish();
        listener.onDurable(tip.sequence());
        rotation.prepareNext(live);
    }

    /** What no answer waits for. */
    private void absorb(DurableListener listener) {
        FramedBatch batch = inHand.takeUnhashed();
        if (batch == null) {
            return;
        }
        batch.rewind();
        absorb(batch.first());
        absorb(batch.second());
        Invariant.checkEqual(history.sequence(), live.tip().sequence(), "sequence of the backlog");
        batch.release(); // J3
        listener.onReleased();
    }

    private void absorb(ByteBuffer entries) {
        history.addFramed(entries);
        live.chain().update(entries);
    }

    private boolean rotateIfDue(DurableListener listener) throws IOException {
        boolean isOpen = rotation.isSettled() && !ports.isStopped().getAsBoolean();
        if (!isOpen || !rotation.triggers().isDue(live)) {
            return false;
        }
        absorb(listener);
        live = rotation.rotate(live, history);
        enter(rotation.isSettled());
        return true;
    }

    /** J5: the new segment is where the journal goes on. */
    private boolean enter(boolean isSettled) {
        if (isSettled) {
            SegmentTip tip = live.tip();
            progress.publish(tip.sequence(), tip.segment(), tip.end());
            rotation.prepareNext(live);
        }
        return isSettled;
    }

    /** Wishes for rotations, from any thread. */
    RotationTriggers rotations() {
        return rotation.triggers();
    }

    /** The last sequence on stable media. */
    public CursorView durableSequence() {
        return durableSequence;
    }

    /** One point up to which all is on stable media; from any thread; allocates. */
    public DurableProgress durableProgress() {
        long[] words = new long[3];
        progress.acquire(words);
        return new DurableProgress(words[0], words[1], words[2]);
    }

    public DiskCounters counters() {
        return counters;
    }

    /** Chain hash over all entries of the segment. Holder of the disk work only; allocates. */
    public ChainHash chainHash() {
        absorb(NOBODY);
        return live.chain().value();
    }

    /** Whether this writer refuses for ever. Holder of the disk work only. */
    public boolean isPoisoned() {
        return failure != null;
    }

    /** A final watermark over everything, unless poisoned or stopped; then closes the file. */
    void close() {
        boolean isOrderly = failure == null && !ports.isStopped().getAsBoolean();
        StorageFile file = live.space().file();
        try (file) {
            if (isOrderly) {
                rotation.settleNow();
                live.space().writeFinalWatermark(live.tip(), ports.time());
            }
        } catch (IOException e) {
            throw poison(e, ioFailure(e));
        } finally {
            rotation.close();
        }
        if (failure == null) {
            failure = new IllegalStateException("journal is closed");
        }
    }

    private void checkUsable() {
        Throwable cause = failure;
        if (cause != null) {
            throw new JournalPoisoned(place(), cause);
        }
    }

    private JournalException poison(Throwable cause, JournalException surfaced) {
        failure = cause;
        return surfaced;
    }

    private JournalIoFailure ioFailure(IOException cause) {
        return new JournalIoFailure(
                place(),
                Finding.of(
                        "journal write or sync failed, " + cause.getMessage(),
                        "free or repair the device, then restart the node: it recovers from the"
                                + " disk"),
                cause);
    }

    private Place place() {
        SegmentTip tip = live.tip();
        return new Place(path, tip.segment(), tip.end(), tip.sequence() + 1);
    }
}
