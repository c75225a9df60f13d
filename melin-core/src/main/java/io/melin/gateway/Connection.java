package io.melin.gateway;

/** One socket. Threading: the ingress thread. */
public interface Connection {

    /**
     * Takes a chunk to write after all earlier ones; gives it back to its pool once the bytes have
     * left, or never will. Written at {@link #flush}.
     */
    void send(Chunk chunk);

    void flush();

    /** Whether bytes wait for the peer to read. */
    boolean hasPending();

    /** Whether so many wait that nothing more should be read from it. */
    boolean isBehind();

    /** Changes whenever the peer took something. */
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
