package io.melin.journal;

import io.melin.event.EventHeader;
import java.nio.ByteBuffer;

/** Takes the entries of a journal, in order, while it is recovered. */
@FunctionalInterface
public interface EntryConsumer {

    /**
     * Both arguments are reused: copy what must outlive the call.
     *
     * @param payload position to limit, little-endian at each call, as in the rings
     * @param codecVersion of the codec that wrote the payload
     */
    void onEntry(EventHeader header, ByteBuffer payload, int codecVersion);
}
