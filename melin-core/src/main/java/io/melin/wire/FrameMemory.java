package io.melin.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that assemblers of one thread borrow while they hold much, so that a burst on one of many
 * connections allocates nothing and leaves nothing behind on it.
 *
 * <p>F3: what lies here unused is never more than a limit; the largest pieces stay. Threading: one.
 */
public final class FrameMemory {
    /**
     * One array.
     *
     * @param bytes little-endian
     * @param view of the same bytes, with a position, limit and order of its own
     */
    record Piece(ByteBuffer bytes, ByteBuffer view) {
        static Piece of(int capacity) {
            ByteBuffer bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
            return new Piece(bytes, bytes.duplicate());
        }

        int capacity() {
            return bytes.capacity();
        }
    }

    private final int keptBytesMax;

    /** From the smallest to the largest. */
    private final List<Piece> free = new ArrayList<>();

    private long keptBytes;

    /**
     * @param keptBytesMax largest sum of all that lies here unused
     */
    public FrameMemory(int keptBytesMax) {
        this.keptBytesMax = keptBytesMax;
    }

    /** A piece of at least so many bytes; a new one has the next power of two. */
    Piece take(int bytes) {
        for (int i = 0; i < free.size(); i++) {
            if (free.get(i).capacity() >= bytes) {
                return remove(i);
            }
        }
        return Piece.of(Integer.highestOneBit(bytes - 1) << 1);
    }

    void giveBack(Piece piece) {
        if (piece.capacity() > keptBytesMax) {
            return;
        }
        int place = 0;
        while (place < free.size() && free.get(place).capacity() < piece.capacity()) {
            place++;
        }
        free.add(place, piece);
        keptBytes += piece.capacity();
        while (keptBytes > keptBytesMax) {
            remove(0);
        }
    }

    private Piece remove(int place) {
        Piece piece = free.remove(place);
        keptBytes -= piece.capacity();
        return piece;
    }

    /** Bytes that lie here unused. */
    long keptBytes() {
        return keptBytes;
    }
}
