package io.melin.ring;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One reader's place in an {@link ArenaRing}; sees every published slot once, in order.
 *
 * <p>Threading: one owner at a time, which moves only over an edge that orders the two threads;
 * {@link #backlog} from any thread. No call waits.
 */
public final class RingReader<S extends Slot> {
    private final String name;
    private final RingBuffer<S> ring;
    private final SequenceBarrier barrier;
    private final Sequence releasedUpTo;
    private final ByteBuffer view;

    private long released;
    private long published;

    RingReader(String name, RingBuffer<S> ring, Sequence releasedUpTo, ByteBuffer arena) {
        this.name = name;
        this.ring = ring;
        this.releasedUpTo = releasedUpTo;
        barrier = ring.newBarrier();
        // Read-only: the readers run side by side, and what one wrote another would journal.
        view = arena.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        released = releasedUpTo.get();
        published = released;
    }

    /**
     * How many slots may be read now, at most {@code limit}. Acquire: their content is visible.
     * Never fewer than an earlier call said, releases aside, up to the same limit.
     */
    public int available(int limit) {
        long count = published - released;
        if (count < limit) {
            published = barrier.getCursor();
            count = published - released;
        }
        return (int) Math.min(count, limit);
    }

    /**
     * The slot {@code index} places after the last released one.
     *
     * <p>Range: 0 to less than what {@link #available} last answered without a limit.
     */
    public S peek(int index) {
        long position = released + 1 + index;
        if (index < 0 || position > published) {
            throw new IndexOutOfBoundsException(
                    "slot is not available: reader="
                            + name
                            + ", index="
                            + index
                            + ", available="
                            + (published - released));
        }
        return ring.get(position);
    }

    /**
     * The slot's bytes, from position to limit, little-endian, read-only. One buffer serves all
     * slots of this reader: it is the slot's until the next call.
     */
    public ByteBuffer payload(S slot) {
        return view.limit(slot.payloadOffset + slot.payloadLength).position(slot.payloadOffset);
    }

    /** Gives the first {@code count} slots and their bytes back to the writer. */
    public void release(int count) {
        if (count < 0 || count > published - released) {
            throw new IndexOutOfBoundsException(
                    "released more than was available: reader="
                            + name
                            + ", count="
                            + count
                            + ", available="
                            + (published - released));
        }
        if (count > 0) {
            released += count;
            releasedUpTo.set(released);
        }
    }

    /** Slots published and not released by this reader. Threading: any; a snapshot. */
    public int backlog() {
        long done = releasedUpTo.get();
        long visible = barrier.getCursor();
        return (int) Math.min(ring.getBufferSize(), Math.max(0, visible - done));
    }

    public String name() {
        return name;
    }
}
