package io.melin.journal;

import io.melin.integrity.Invariant;
import java.nio.ByteBuffer;

/**
 * All entries that were framed when it was last acquired, as at most two contiguous pieces.
 *
 * <p>Threading: the holder of the disk work. Allocation free.
 */
public final class FramedBatch {
    private final FrameRing ring;
    private final ByteBuffer first;
    private final ByteBuffer second;
    private long end;
    private long lastSequence;

    FramedBatch(FrameRing ring) {
        this.ring = ring;
        this.first = ring.view().limit(0);
        this.second = ring.view().limit(0);
    }

    /**
     * Takes everything published so far that is not released.
     *
     * @return false if there is nothing
     */
    public boolean acquire() {
        long from = ring.released().plain();
        end = ring.framed().acquire();
        if (end == from) {
            first.limit(0);
            second.limit(0);
            return false;
        }
        lastSequence = ring.sequence(end);
        long lap = ring.nextLap(from);
        if (end <= lap) {
            range(first, from, end);
            second.limit(0);
        } else {
            range(first, from, ring.lapEnd(from));
            range(second, lap, end);
        }
        return true;
    }

    /**
     * Leaves entries behind a sequence for the next batch; only after an {@link #acquire} that
     * found some.
     *
     * @return false if none is left
     */
    boolean limitTo(long sequenceMax) {
        if (lastSequence <= sequenceMax) {
            return true;
        }
        long from = ring.released().plain();
        int cut = indexBehind(first, sequenceMax);
        if (cut < first.limit()) {
            end = from + (cut - first.position());
            first.limit(cut);
            second.limit(0);
        } else {
            cut = indexBehind(second, sequenceMax);
            end = ring.nextLap(from) + (cut - second.position());
            second.limit(cut);
        }
        lastSequence = sequenceMax;
        return bytes() > 0;
    }

    /** Back to the first byte of what was acquired, after it was written. */
    void rewind() {
        long from = ring.released().plain();
        first.position(ring.index(from));
        if (second.limit() > 0) {
            second.position(ring.index(ring.nextLap(from)));
        }
    }

    private static int indexBehind(ByteBuffer piece, long sequenceMax) {
        int at = piece.position();
        while (at < piece.limit() && piece.getLong(at + EntryFrame.SEQUENCE) <= sequenceMax) {
            at += EntryFrame.total(piece, at);
        }
        return at;
    }

    private void range(ByteBuffer piece, long from, long toExclusive) {
        int index = ring.index(from);
        piece.limit(index + (int) (toExclusive - from)).position(index);
    }

    /** Entries of this batch, remaining; the caller may move its position. */
    public ByteBuffer first() {
        return first;
    }

    /** Entries that follow those of {@link #first()}; often none. */
    public ByteBuffer second() {
        return second;
    }

    public int bytes() {
        return first.remaining() + second.remaining();
    }

    /** Of the last entry; only after an {@link #acquire} that found some. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Gives the space of this batch back to the framer. */
    public void release() {
        Invariant.check(end > ring.released().plain(), "released a batch that was not acquired");
        ring.released().publish(end);
    }
}
