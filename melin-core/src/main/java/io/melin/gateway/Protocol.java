package io.melin.gateway;

import io.melin.wire.Role;
import java.nio.ByteBuffer;

/**
 * What an application speaks over the gateway: how a request becomes an event or a query, and how a
 * report becomes frames.
 *
 * <p>Threading: each instance is used by one thread; {@link #fresh} gives each its own.
 */
public interface Protocol {

    /** What the bytes of a request are. */
    enum Decoded {
        /** An event, given to {@link RequestSink#event}. */
        EVENT,
        /** A query, given to {@link RequestSink#query}. */
        QUERY,
        /** Nothing to do and nothing to answer, for instance a heartbeat. */
        IGNORED,
        MALFORMED,
        UNKNOWN_TAG
    }

    /** Whether a role may make requests with this tag. Total; allocates nothing. */
    boolean permits(Role role, byte tag);

    /**
     * Reads one request, on the ingress thread.
     *
     * <p>Total: any bytes give an answer, and nothing is thrown. On the path of events it should
     * not allocate. Whether an event's bytes are valid is the codec's to say, which is asked before
     * one is numbered.
     *
     * @param tag {@link io.melin.wire.Tag#REQUEST_FIRST} to {@link
     *     io.melin.wire.Tag#REQUEST_LAST}, without those of the session
     * @param payload from position to limit, little-endian
     * @param to takes what was read
     */
    Decoded decode(byte tag, ByteBuffer payload, RequestSink to);

    /**
     * Writes one report as any number of frames, on the response thread. Should not allocate.
     *
     * @param report as its codec encoded it, from position to limit, little-endian
     */
    void encode(ByteBuffer report, FrameSink to);

    /** An instance for another thread. */
    Protocol fresh();
}
