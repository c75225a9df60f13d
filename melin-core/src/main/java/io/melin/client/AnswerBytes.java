package io.melin.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The answer frames of the one request that is being answered.
 *
 * <p>B1: never holds more than its limit; what goes over it is not kept. Threading: the loop
 * thread.
 */
final class AnswerBytes {
    private static final int FIRST_BYTES = 256;
    private static final int KEPT_BYTES_MAX = 1 << 16;
    private static final byte[] NONE = {};

    private final int bytesMax;
    private ByteBuffer bytes = allocate(FIRST_BYTES);
    private boolean isOver;

    AnswerBytes(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Appends the body of a frame, tag and payload, behind its u32 length. */
    void add(ByteBuffer body) {
        int wanted = Integer.BYTES + body.remaining();
        isOver |= wanted > bytesMax - bytes.position();
        if (isOver) {
            return;
        }
        if (wanted > bytes.remaining()) {
            int capacity = Math.max(bytes.position() + wanted, bytes.capacity() * 2);
            bytes = allocate(capacity).put(bytes.flip());
        }
        bytes.putInt(body.remaining()).put(body);
    }

    boolean isOver() {
        return isOver;
    }

    /** All of it, for the caller to keep; then empty. */
    byte[] take() {
        byte[] taken =
                bytes.position() == 0 ? NONE : Arrays.copyOf(bytes.array(), bytes.position());
        clear();
        return taken;
    }

    void clear() {
        isOver = false;
        bytes.clear();
        if (bytes.capacity() > KEPT_BYTES_MAX) {
            bytes = allocate(FIRST_BYTES);
        }
    }

    private static ByteBuffer allocate(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
