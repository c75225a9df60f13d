package io.melin.gateway;

import io.melin.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The answers' side of a session: belongs to the response thread, but for what its name says.
 *
 * <p>G1: {@link #answered} counts an answer only after the chunk that ends it was handed over, so
 * whoever sees the count finds the bytes before it.
 */
final class Egress {
    /** Requests answered; written by the response thread, read by the ingress. */
    private final Cursor answered = new Cursor(0);

    /** Bytes that left; written by the ingress thread, read by the response. */
    private final Cursor reclaimed = new Cursor(0);

    /** Set by the ingress thread: nobody reads the answers any more. */
    private volatile boolean closed;

    /** Set by the response thread: more waits than may. */
    private volatile boolean over;

    @Nullable Chunk filling;
    boolean isDirty;
    private long appended;
    private long counted;

    /** Response thread: whether so many bytes more may wait; one frame always may. */
    boolean hasRoom(int bytes, long bytesMax) {
        long waiting = appended - reclaimed.acquire();
        return waiting == 0 || waiting + bytes <= bytesMax;
    }

    void append(int bytes) {
        appended += bytes;
    }

    void countAnswer() {
        counted++;
    }

    void publishAnswers() {
        answered.publish(counted);
    }

    /** Whether answers are of use to anybody. */
    boolean isOpen() {
        return !closed && !over;
    }

    void overflow() {
        over = true;
    }

    /** Ingress thread. */
    boolean isOver() {
        return over;
    }

    /** Ingress thread. */
    void close() {
        closed = true;
    }

    /** Ingress thread. */
    long answered() {
        return answered.acquire();
    }

    /** Ingress thread. */
    void reclaim(int bytes) {
        reclaimed.publish(reclaimed.plain() + bytes);
    }
}
