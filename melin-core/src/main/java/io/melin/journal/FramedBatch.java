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

    /** Of the last entry; only after an {@link #acquire} that found some, before its release. */
    public long lastSequence() {
        return ring.sequence(end);
    }

    /** Gives the space of this batch back to the framer. */
    public void release() {
        Invariant.check(end > ring.released().plain(), "released a batch that was not acquired");
        ring.released().publish(end);
    }
}
