package io.melin.client;

import java.nio.ByteBuffer;

/**
 * How an application's requests and answers look on the wire, from the client's side.
 *
 * <p>Threading: an instance is used by one thread at a time; {@link #fresh()} gives each its own.
 * Never called on the loop thread.
 *
 * @param <Q> a request: an event or a question
 * @param <R> one answer frame
 */
public interface ClientProtocol<Q, R> {

    /** One of the application's tags for requests, as {@link io.melin.wire.Tag} says. */
    byte tag(Q request);

    /** Bytes that {@link #encode} will write, 0 or more. */
    int size(Q request);

    /** Writes exactly {@link #size} bytes at the position of a little-endian buffer. */
    void encode(Q request, ByteBuffer out);

    /**
     * Reads one answer from all remaining bytes of a little-endian buffer. The value outlives the
     * buffer: it is no flyweight over it.
     *
     * @throws RuntimeException if it cannot; then the request fails with a {@link
     *     MelinClientException}
     */
    R decode(byte tag, ByteBuffer payload);

    /** A protocol for another thread. */
    default ClientProtocol<Q, R> fresh() {
        return this;
    }
}
