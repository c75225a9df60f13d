package io.melin.sample.exchange.load;

import java.nio.ByteBuffer;

/** Writes requests one after the other. One thread. */
interface FrameSource {

    /** Writes the next frame whole at the position of the buffer; false if there is none. */
    boolean write(ByteBuffer out, long request);

    /** The order that the frame last written names, or 0. */
    long orderId();
}
