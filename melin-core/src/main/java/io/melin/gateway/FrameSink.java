package io.melin.gateway;

import java.nio.ByteBuffer;

/** Takes the frames of an answer, in order. Threading: that of the call that hands it over. */
public interface FrameSink {

    /**
     * Begins a frame.
     *
     * @param tag {@link io.melin.wire.Tag#RESPONSE_FIRST} to {@link
     *     io.melin.wire.Tag#RESPONSE_LAST}
     * @param payloadBytes exactly as many as will be written
     * @return where to write them, from its position; little-endian
     */
    ByteBuffer begin(byte tag, int payloadBytes);

    /**
     * Ends the frame.
     *
     * <p>Fails: {@link IllegalStateException} if more or less was written than begun with.
     */
    void end();
}
