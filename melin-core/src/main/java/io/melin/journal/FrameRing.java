package io.melin.journal;

import io.melin.cursor.Cursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the two sides of a {@link FrameBuffer} share.
 *
 * <p>A frame never wraps: one that does not fit before the end of a lap begins the next lap, and
 * the lap is marked with where its frames ended. Positions count bytes and never wrap.
 *
 * <p>R1: the mark of a lap is read only once a position of the next lap is published, and written
 * again only when both laps between are released, so two marks suffice and no access races. R2: the
 * sequence of a published position is kept under the last byte of its frame; frames are longer than
 * a bucket, so a bucket is written again only after that position was released.
 */
final class FrameRing {
    /** One bucket holds the end of at most one frame. */
    private static final int BUCKET_SHIFT = 5;

    private final ByteBuffer bytes;
    private final int mask;
    private final int shift;
    private final long[] lapEnds = new long[2];
    private final long[] sequences;
    private final Cursor framed = new Cursor(0);
    private final Cursor released = new Cursor(0);

    FrameRing(int capacityBytes) {
        this.bytes = ByteBuffer.allocateDirect(capacityBytes);
        this.mask = capacityBytes - 1;
        this.shift = Integer.numberOfTrailingZeros(capacityBytes);
        this.sequences = new long[capacityBytes >>> BUCKET_SHIFT];
    }

    /** A view with a position and limit of its own. */
    ByteBuffer view() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    int capacity() {
        return mask + 1;
    }

    int index(long position) {
        return (int) (position & mask);
    }

    /** First position of the lap after the one of {@code position}. */
    long nextLap(long position) {
        return (position | mask) + 1;
    }

    /** Framer: the lap before the one that begins at {@code lapStart} holds frames up to here. */
    void markLapEnd(long lapStart, long framesEnd) {
        lapEnds[(int) ((lapStart >>> shift) - 1) & 1] = framesEnd;
    }

    /**
     * Disk: where the frames of the lap of {@code position} end; only if the next lap has begun.
     */
    long lapEnd(long position) {
        return lapEnds[(int) (position >>> shift) & 1];
    }

    /** Framer. R2. */
    void publish(long position, long sequence) {
        sequences[index(position - 1) >>> BUCKET_SHIFT] = sequence;
        framed.publish(position);
    }

    /** Disk: the last sequence up to a published position that is not released. R2. */
    long sequence(long position) {
        return sequences[index(position - 1) >>> BUCKET_SHIFT];
    }

    Cursor framed() {
        return framed;
    }

    Cursor released() {
        return released;
    }
}
