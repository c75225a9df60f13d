package io.melin.journal;

import io.melin.cursor.Cursor;
import io.melin.cursor.CursorTriple;
import io.melin.cursor.CursorView;
import io.melin.integrity.ChainHash;
import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalPoisoned;
import io.melin.journal.JournalException.NodeStopped;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the live segment: makes framed entries durable, then says how far.
 *
 * <p>J1: what is published was synced before. J2: after any failure nothing is written, synced or
 * published again. J3: frames are released last, so an empty backlog means all is published. J4:
 * entries go only into space that holds written zeros.
 *
 * <p>Threading: one holder of the disk work at a time; the cursors, the progress and the counters
 * are for any thread. Allocation free.
 */
public final class SegmentWriter {
    private final SegmentSpace space;
    private final JournalPorts ports;
    private final SegmentTip tip;
    private final HashChain chain;
    private final Cursor durableSequence;
    private final CursorTriple progress;
    private final DiskCounters counters;
    private @Nullable Throwable failure;

    SegmentWriter(SegmentSpace space, JournalPorts ports, SegmentTip tip, HashChain chain) {
        this.space = space;
        this.ports = ports;
        this.tip = tip;
        this.chain = chain;
        this.durableSequence = new Cursor(tip.sequence());
        this.progress = new CursorTriple(tip.sequence(), tip.segment(), tip.end());
        this.counters = space.counters();
    }

    /**
     * As {@link #writeAndForce(FrameBuffer, DurableListener)}, telling nobody.
     */
    public boolean writeAndForce(FrameBuffer frames) {
        return writeAndForce(frames, sequence -> {});
    }

    /**
     * Writes all that is framed, syncs once, publishes, tells, hashes, releases.
     *
     * @param listener told between publishing and hashing, so that no answer waits for a hash
     * @return false if nothing was framed
     * @throws JournalException if a write or sync failed, now or ever before, or the node was
     *     declared failed meanwhile; nothing was published, and nothing ever will be
     */
    public boolean writeAndForce(FrameBuffer frames, DurableListener listener) {
        checkUsable();
        FramedBatch batch = frames.batch();
        if (!batch.acquire()) {
            return false;
        }
        try {
            append(batch, listener);
        } catch (IOException e) {
            throw poison(e, ioFailure(e));
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        return true;
    }

    private void append(FramedBatch batch, DurableListener listener) throws IOException {
        ByteBuffer first = batch.first();
        ByteBuffer second = batch.second();
        int firstAt = first.position();
        int secondAt = second.position();
        long startedNs = ports.time().tickerNs();
        counters.start(startedNs);
        long end = space.write(first, second, tip, startedNs);
        space.force(ports.time());
        if (ports.isStopped().getAsBoolean()) {
            throw new NodeStopped(place());
        }
        tip.moveTo(batch.lastSequence(), end);
        progress.publish(tip.sequence(), tip.segment(), end); // J1
        durableSequence.publish(tip.sequence());
        counters.finish();
        listener.onDurable(tip.sequence());
        // The acknowledgement is on its way; the hash need not be.
        chain.update(first.position(firstAt));
        chain.update(second.position(secondAt));
        batch.release(); // J3
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
        return chain.value();
    }

    /** Whether this writer refuses for ever. Holder of the disk work only. */
    public boolean isPoisoned() {
        return failure != null;
    }

    /** A final watermark over everything, unless poisoned or stopped; then closes the file. */
    void close() {
        boolean isOrderly = failure == null && !ports.isStopped().getAsBoolean();
        StorageFile file = space.file();
        try (file) {
            if (isOrderly) {
                space.writeFinalWatermark(tip, ports.time());
            }
        } catch (IOException e) {
            throw poison(e, ioFailure(e));
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
        return new Place(space.path(), tip.segment(), tip.end(), tip.sequence() + 1);
    }
}
