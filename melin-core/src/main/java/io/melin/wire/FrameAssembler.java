package io.melin.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts a stream of bytes into frames: four bytes of length, then so many bytes of body.
 *
 * <p>F1: any bytes in any pieces give the same frames, and a length of zero or over the limit is
 * never waited for. F2: memory is bounded by one largest frame and what one {@link #add} brings.
 *
 * <p>Threading: one. Allocates only to grow.
 */
public final class FrameAssembler {
    private static final int FIRST_BYTES = 4_096;
    private static final int KEPT_BYTES_MAX = 1 << 16;

    /** What lies at the head of the stream. */
    public enum Verdict {
        FRAME,
        INCOMPLETE,
        /** A length of zero or over the limit: the stream cannot be read on. */
        INVALID
    }

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int bodyBytesMax;
    private int head;
    private int tail;

    /**
     * @param bodyBytesMax largest body of a frame, 1 or more
     */
    public FrameAssembler(int bodyBytesMax) {
        limit(bodyBytesMax);
    }

    /** Changes the largest body, from the next {@link #peek} on. */
    public void limit(int bodyBytesMax) {
        if (bodyBytesMax < 1) {
            throw new IllegalArgumentException(
                    "bodyBytesMax must be 1 or more: bodyBytesMax=" + bodyBytesMax);
        }
        this.bodyBytesMax = bodyBytesMax;
    }

    /** Takes all remaining bytes of {@code source}. */
    public void add(ByteBuffer source) {
        int count = source.remaining();
        reserve(count);
        bytes.limit(tail + count).position(tail);
        bytes.put(source);
        tail += count;
    }

    /** Bytes that were added and not consumed. */
    public int buffered() {
        return tail - head;
    }

    /** What lies at the head; for a frame, {@link #body} gives it until {@link #consume}. */
    public Verdict peek() {
        if (tail - head < Integer.BYTES) {
            return Verdict.INCOMPLETE;
        }
        int length = bytes.getInt(head);
        if (length <= 0 || length > bodyBytesMax) {
            return Verdict.INVALID;
        }
        return tail - head - Integer.BYTES < length ? Verdict.INCOMPLETE : Verdict.FRAME;
    }

    /** The length that the head claims, of use when it is invalid. */
    public int claimedLength() {
        return bytes.getInt(head);
    }

    /** The body of the frame at the head, from position to limit, little-endian; never copied. */
    public ByteBuffer body() {
        int start = head + Integer.BYTES;
        return bytes.limit(start + bytes.getInt(head)).position(start);
    }

    /** Drops the frame at the head. */
    public void consume() {
        head += Integer.BYTES + bytes.getInt(head);
        if (head == tail) {
            clear();
        }
    }

    /** Drops everything. */
    public void clear() {
        head = 0;
        tail = 0;
        if (bytes.capacity() > KEPT_BYTES_MAX) {
            bytes = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void reserve(int count) {
        int kept = tail - head;
        if (bytes.capacity() - tail >= count) {
            return;
        }
        ByteBuffer target = bytes;
        if (bytes.capacity() < kept + count) {
            int capacity = Integer.highestOneBit(kept + count - 1) << 1;
            target = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
        }
        System.arraycopy(bytes.array(), head, target.array(), 0, kept);
        bytes = target;
        head = 0;
        tail = kept;
    }
}
