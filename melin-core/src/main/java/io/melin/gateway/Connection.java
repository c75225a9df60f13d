package io.melin.gateway;

/** One socket. Threading: the ingress thread. */
public interface Connection {

    /**
     * Takes a chunk to write after all earlier ones; gives it back to its pool once the bytes have
     * left, or never will: after {@link #finish} and {@link #close} at once. Written at {@link
     * #flush}.
     */
    void send(Chunk chunk);

    void flush();

    /** Bytes that were sent here and wait for the peer to read. */
    long pending();

    /** Changes whenever the peer took something, and stands still while it does not. */
    long progress();

    /** Reads on, or leaves further bytes to the peer's own buffers. */
    void reading(boolean on);

    /** Sends what was taken, ends the sending side, and closes once the peer has. */
    void finish();

    /** Closes at once. */
    void close();

    /** The other end, for messages. */
    String peer();
}
