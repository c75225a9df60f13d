package io.melin.gateway;

import io.melin.gateway.Protocol.Decoded;
import java.nio.ByteBuffer;

/** Takes what a {@link Protocol} read from a request. Threading: the ingress thread. */
public interface RequestSink {

    /**
     * The request is an event.
     *
     * @param event its bytes, from position to limit; the payload itself, or {@link #scratch}
     * @return {@link Decoded#EVENT}
     */
    Decoded event(ByteBuffer event);

    /**
     * The request is a query.
     *
     * @return {@link Decoded#QUERY}
     */
    Decoded query(GatewayQuery query);

    /** An empty little-endian buffer for the largest event; used again for the next request. */
    ByteBuffer scratch();
}
