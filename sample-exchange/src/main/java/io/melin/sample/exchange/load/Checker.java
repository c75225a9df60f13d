package io.melin.sample.exchange.load;

import java.nio.ByteBuffer;

/**
 * Judges what one connection receives, frame by frame.
 *
 * <p>C1: each request is ended once, in the order in which they were sent, and by nothing but a
 * frame with its number. Threading: one. Allocates only for a fault.
 */
interface Checker {

    /**
     * Judges one frame.
     *
     * @param body what follows the length, from position to limit
     */
    Outcome judge(ByteBuffer body);

    /** Whether what was judged last repeats an outcome of before. */
    boolean isRepeat();

    /** What was wrong. */
    String fault();

    /** A new connection: what is launched is sent again. */
    void restart();
}
