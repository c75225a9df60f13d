package io.melin.journal;

import io.melin.integrity.Invariant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the one batch is that a writer works on. B1: it is written, then durable, then hashed,
 * and only then is there another. Threading: the holder of the disk work.
 */
final class BatchInHand {
    private enum State {
        NONE,
        WRITTEN,
        DURABLE
    }

    private State state = State.NONE;
    private @Nullable FramedBatch batch;
    private long end;

    /** Whether one is written and not synced yet. */
    boolean isWritten() {
        return state == State.WRITTEN;
    }

    /**
     * @param writtenEnd offset behind its entries
     */
    void written(FramedBatch next, long writtenEnd) {
        Invariant.check(state == State.NONE, "B1: written before the last one was hashed");
        state = State.WRITTEN;
        batch = next;
        end = writtenEnd;
    }

    /** Offset behind the entries that are written. */
    long end() {
        return end;
    }

    /** The sync that covers what is written is through. */
    FramedBatch durable() {
        Invariant.check(state == State.WRITTEN, "B1: durable, but nothing was written");
        state = State.DURABLE;
        return Objects.requireNonNull(batch);
    }

    /** What is to be hashed now, or null if nothing is durable that is not. */
    @Nullable FramedBatch takeUnhashed() {
        if (state != State.DURABLE) {
            return null;
        }
        state = State.NONE;
        return batch;
    }
}
