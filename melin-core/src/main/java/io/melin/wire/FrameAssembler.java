package io.melin.wire;

import io.melin.wire.FrameMemory.Piece;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts a stream of bytes into frames: four bytes of length, then so many bytes of body.
 *
 * <p>F1: any bytes in any pieces give the same frames, and a length of zero or over the limit is
 * never waited for. F2: memory is bounded by one largest frame and what one {@link #add} brings, if
 * all frames are consumed between two of them.
 *
 * <p>Threading: one. Allocates only to grow; what it holds beyond 4 KiB goes back to the memory
 * that it came from when it runs empty.
 */
public final class FrameAssembler {
    private static final int FIRST_BYTES = 4_096;
    private static final int KEPT_BYTES_MAX = 1 << 17;

    /** What lies at the head of the stream. */
    public enum Verdict {
        FRAME,
        INCOMPLETE,
        /** A length of zero or over the limit: the stream cannot be read on. */
        INVALID
    }

    private final FrameMemory memory;
    private final Piece own = Piece.of(FIRST_BYTES);
    private Piece piece = own;
    private ByteBuffer bytes = own.bytes();

    private int bodyBytesMax;
    private int head;
    private int tail;

    /**
     * With memory of its own.
     *
     * @param bodyBytesMax largest body of a frame, 1 or more
     */
    public FrameAssembler(int bodyBytesMax) {
        this(bodyBytesMax, new FrameMemory(KEPT_BYTES_MAX));
    }

    /**
     * @param bodyBytesMax largest body of a frame, 1 or more
     * @param memory that assemblers of the same thread may share
     */
    public FrameAssembler(int bodyBytesMax, FrameMemory memory) {
        this.memory = memory;
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
        bytes.position(tail).put(source);
        tail += count;
    }

    /** Bytes of memory that it holds. */
    int capacity() {
        return bytes.capacity();
    }

    /** Bytes that were added and not consumed. */
    public int buffered() {
        return tail - head;
    }

    /** What lies at the head; a frame stays there until {@link #consume}. */
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

    /**
     * The body of the frame at the head, from position to limit, little-endian; never copied. Only
     * after {@link Verdict#FRAME}; valid until {@link #consume} or {@link #add}.
     */
    public ByteBuffer body() {
        assert peek() == Verdict.FRAME : "no frame lies at the head";
        int start = head + Integer.BYTES;
        return piece.view()
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(start + bytes.getInt(head))
                .position(start);
    }

    /** Drops the frame at the head. Only after {@link Verdict#FRAME}. */
    public void consume() {
        assert peek() == Verdict.FRAME : "no frame lies at the head";
        head += Integer.BYTES + bytes.getInt(head);
        if (head == tail) {
            clear();
        }
    }

    /** Drops everything. */
    public void clear() {
        head = 0;
        tail = 0;
        if (piece != own) {
            use(own);
        }
    }

    private void reserve(int count) {
        int kept = tail - head;
        if (bytes.capacity() - tail >= count) {
            return;
        }
        Piece target = bytes.capacity() < kept + count ? memory.take(kept + count) : piece;
        System.arraycopy(bytes.array(), head, target.bytes().array(), 0, kept);
        if (target != piece) {
            use(target);
        }
        head = 0;
        tail = kept;
    }

    private void use(Piece next) {
        if (piece != own) {
            memory.giveBack(piece);
        }
        piece = next;
        bytes = next.bytes();
    }
}
