package io.melin.gateway;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way to one connection: filled by one thread, then written by the ingress thread.
 */
public abstract class Chunk {
    private final ChunkPool home;
    private final ByteBuffer bytes;
    @Nullable Session session;

    /**
     * @param bytes little-endian; filled from 0 to its position
     */
    protected Chunk(ChunkPool home, ByteBuffer bytes) {
        this.home = home;
        this.bytes = bytes;
    }

    /** What was filled lies before its position. */
    public final ByteBuffer bytes() {
        return bytes;
    }

    /** Ingress thread: the bytes have left, or never will. */
    public final void giveBack() {
        Session owner = session;
        if (owner != null) {
            owner.egress.reclaim(bytes.position());
        }
        session = null;
        home.giveBack(this);
    }
}
