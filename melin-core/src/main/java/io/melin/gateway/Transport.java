package io.melin.gateway;

import io.melin.stage.Waiter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * Moves bytes between sockets and sessions. Listens from its construction, accepts from {@link
 * #open}.
 *
 * <p>Threading: {@link #open}, {@link #poll} and {@link #close} belong to the ingress thread, and
 * so do all callbacks and every {@link Connection}; the rest to any thread.
 */
public interface Transport {

    /** Where it really listens. */
    InetSocketAddress address();

    /** What it really is, never {@link TransportKind#AUTO}. */
    TransportKind kind();

    /** Waits in the sockets. */
    Waiter waiter();

    /**
     * Begins to accept, on the thread that will poll.
     *
     * @param background for work of handshakes that would hold up the ingress
     */
    void open(Listener listener, Executor background);

    /**
     * Does what sockets are ready for, without waiting.
     *
     * <p>Fails: whatever a callback threw.
     *
     * @return things done
     */
    int poll();

    /** Whether the last {@link #poll} took all that a read may take, so that there may be more. */
    boolean hasMore();

    /** Closes every socket; nothing is called back after it. Harmless if it was never opened. */
    void close();

    /** Stops listening, from any thread. */
    void abandon();

    /** New memory for outgoing bytes, which the transport can write without a copy. */
    Chunk newChunk(ChunkPool home, int bytes);

    /** Learns of new connections. */
    interface Listener {

        /** A connection came in; what it hears from it goes to the receiver. */
        Receiver accepted(Connection connection);
    }

    /** Learns what a connection does. */
    interface Receiver {

        /**
         * @param bytes from position to limit, gone when this returns
         */
        void received(ByteBuffer bytes);

        /** The connection is gone, whoever closed it. Once, last. */
        void closed();
    }
}
