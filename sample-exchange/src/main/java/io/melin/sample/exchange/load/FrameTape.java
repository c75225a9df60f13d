package io.melin.sample.exchange.load;

import io.melin.sample.exchange.gateway.RequestEncoder;
import io.melin.wire.RequestFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * The frames of one connection, from the oldest without an answer to some that are generated ahead:
 * a ring of bytes that is filled while nothing else is to be done, and written to the socket as it
 * lies.
 *
 * <pre>
 * answered <= launched <= generated     request numbers
 * </pre>
 *
 * <p>T1: a frame stays until its request is answered, so that it can be sent again as it was.
 *
 * <p>Threading: one. Allocates nothing once built.
 */
final class FrameTape {
    private static final int SLOT_BYTES = 64;

    private final ByteBuffer bytes;
    private final ByteBuffer writer;
    private final ByteBuffer edge = ByteBuffer.allocate(SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final long[] starts;
    private final long[] orderIds;
    private final long[] times;
    private long generated;
    private long launched;
    private long answered;
    private long written;

    /**
     * @param slots frames that can be held, rounded up to a power of two
     */
    FrameTape(int slots) {
        int capacity = Integer.highestOneBit(Math.max(2, slots) - 1) << 1;
        bytes = ByteBuffer.allocateDirect(capacity * SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writer = bytes.duplicate();
        starts = new long[capacity];
        orderIds = new long[capacity];
        times = new long[capacity];
    }

    /** Numbers go on behind this one, of which nothing is known. Before the first frame only. */
    void startBehind(long number) {
        generated = number;
        launched = number;
        answered = number;
    }

    /** Generates what fits; false if the source has no more. */
    boolean fill(FrameSource source) {
        while (generated - answered < times.length - 1) {
            long start = starts[slot(generated + 1)];
            int length = place(source, offset(start));
            if (length == 0) {
                return false;
            }
            generated++;
            orderIds[slot(generated)] = source.orderId();
            starts[slot(generated + 1)] = start + length;
        }
        return true;
    }

    /** The length of the frame, 0 for none. One that goes over the end is cut in two. */
    private int place(FrameSource source, int offset) {
        int left = bytes.capacity() - offset;
        if (left >= RequestEncoder.FRAME_BYTES_MAX) {
            bytes.limit(bytes.capacity()).position(offset);
            return source.write(bytes, generated + 1) ? bytes.position() - offset : 0;
        }
        if (!source.write(edge.clear(), generated + 1)) {
            return 0;
        }
        int length = edge.position();
        int head = Math.min(left, length);
        bytes.clear().put(offset, edge.clear(), 0, head).put(0, edge, head, length - head);
        return length;
    }

    /** The next frame shall be sent. */
    void launch(long timeNs) {
        launched++;
        times[slot(launched)] = timeNs;
    }

    /** Writes what is launched; false if the channel does not take it all now. */
    boolean write(WritableByteChannel to) throws IOException {
        long end = starts[slot(launched + 1)];
        while (written < end) {
            int offset = offset(written);
            int length = (int) Math.min(end - written, bytes.capacity() - offset);
            writer.limit(offset + length).position(offset);
            to.write(writer);
            written += writer.position() - offset;
            if (writer.hasRemaining()) {
                return false;
            }
        }
        return true;
    }

    /** The oldest request is answered. */
    void release() {
        answered++;
    }

    /** On a new connection: everything that has no answer is sent again. */
    void rewind() {
        written = starts[slot(answered + 1)];
    }

    long generated() {
        return generated;
    }

    long launched() {
        return launched;
    }

    long answered() {
        return answered;
    }

    int inFlight() {
        return (int) (launched - answered);
    }

    /** When the request was, or should have been, sent. */
    long timeNs(long number) {
        return times[slot(number)];
    }

    long orderId(long number) {
        return orderIds[slot(number)];
    }

    byte tag(long number) {
        return bytes.get(offset(starts[slot(number)] + RequestFrame.TAG));
    }

    /** What follows the length of the request's frame. */
    int bodyBytes(long number) {
        return (int) (starts[slot(number + 1)] - starts[slot(number)]) - Integer.BYTES;
    }

    private int slot(long number) {
        return (int) number & times.length - 1;
    }

    private int offset(long position) {
        return (int) position & bytes.capacity() - 1;
    }
}
