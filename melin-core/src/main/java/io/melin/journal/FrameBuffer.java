package io.melin.journal;

import io.melin.cursor.Cursor;
import io.melin.cursor.CursorView;
import io.melin.event.EventHeader;
import io.melin.integrity.Crc32c;
import io.melin.integrity.Invariant;
import java.nio.ByteBuffer;

/**
 * Hands framed entries from whoever orders events to whoever holds the disk work.
 *
 * <p>A ring of bytes. The framer appends whole entries and publishes; the disk side takes all that
 * is published as at most two pieces ({@link #batch()}), makes them durable, and releases them.
 *
 * <p>F1: entries are dense; the next sequence is the last one plus one. F2: what was appended but
 * not published is invisible. F3: space is used again only after its release.
 *
 * <p>Threading: one framer at a time calls everything but {@link #batch()}; one holder of the disk
 * work at a time owns the batch. Allocation free.
 */
public final class FrameBuffer {
    private final FrameRing ring;
    private final FramedBatch batch;
    private final ByteBuffer bytes;
    private final Crc32c crc = new Crc32c();
    private final Cursor framedSequence;
    private final int payloadBytesMax;

    private long tail;
    private long sequence;
    private long releasedSeen;

    /**
     * @param capacityBytes a power of two, at least {@link #capacityBytesMin}
     * @param lastSequence of the journal behind which the first entry will be written
     */
    public FrameBuffer(int capacityBytes, int payloadBytesMax, long lastSequence) {
        if (Integer.bitCount(capacityBytes) != 1
                || capacityBytes < capacityBytesMin(payloadBytesMax)) {
            throw new IllegalArgumentException(
                    "frame buffer: capacityBytes="
                            + capacityBytes
                            + ", must be a power of two and at least "
                            + capacityBytesMin(payloadBytesMax));
        }
        this.ring = new FrameRing(capacityBytes);
        this.batch = new FramedBatch(ring);
        this.bytes = ring.view();
        this.framedSequence = new Cursor(lastSequence);
        this.payloadBytesMax = payloadBytesMax;
        this.sequence = lastSequence;
    }

    /** The smallest legal capacity: two of the largest entries, as a power of two. */
    public static int capacityBytesMin(int payloadBytesMax) {
        return Integer.highestOneBit(2 * EntryFrame.totalBytes(payloadBytesMax) - 1) << 1;
    }

    /** Space that an entry takes, at most, for back-pressure. */
    public static int entryBytes(int payloadBytes) {
        return EntryFrame.totalBytes(payloadBytes);
    }

    /**
     * Frames one event. Reads the payload's remaining bytes and leaves its position.
     *
     * @return false if there is no room; publish, let the disk work go on, try again
     */
    public boolean tryAppend(EventHeader header, ByteBuffer payload) {
        Invariant.check(payload.remaining() <= payloadBytesMax, "payload above its limit");
        Invariant.checkEqual(header.sequence(), sequence + 1, "sequence to frame");
        int total = EntryFrame.totalBytes(payload.remaining());
        long start = tail;
        if (ring.index(start) + total > ring.capacity()) {
            start = ring.nextLap(start);
        }
        if (start + total - releasedSeen > ring.capacity()) {
            releasedSeen = ring.released().acquire();
            if (start + total - releasedSeen > ring.capacity()) {
                return false;
            }
        }
        if (ring.index(start) == 0 && start > 0) {
            ring.markLapEnd(start, tail);
        }
        EntryFrame.write(bytes, ring.index(start), header, payload, crc);
        tail = start + total;
        sequence = header.sequence();
        return true;
    }

    /** Makes all that was appended visible to the disk side. */
    public void publish() {
        if (tail > ring.framed().plain()) {
            ring.publish(tail, sequence);
            framedSequence.publish(sequence);
        }
    }

    /** The disk side. */
    public FramedBatch batch() {
        return batch;
    }

    /** The last sequence that the disk side can see. */
    public CursorView framedSequence() {
        return framedSequence;
    }

    /** Bytes published and not yet released; from any thread, a moment old. */
    public long backlogBytes() {
        long released = ring.released().acquire();
        return ring.framed().acquire() - released;
    }

    public int capacityBytes() {
        return ring.capacity();
    }
}
