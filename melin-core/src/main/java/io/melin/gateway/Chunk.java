package io.melin.gateway;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way to one connection: filled by one thread, then written by the ingress thread.
 */
public abstract class Chunk {
    private final ChunkPool home;
    private final ByteBuffer bytes;
    private @Nullable Session session;
    private int owed;
    private boolean isCut;

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

    /** Forgets what it was used for. */
    void clear() {
        bytes.clear();
        session = null;
        owed = 0;
        isCut = false;
    }

    /**
     * What was filled are answers.
     *
     * @param cut whether the last frame goes on in the next chunk of this session
     */
    void belongsTo(Session owner, boolean cut) {
        session = owner;
        owed = bytes.position();
        isCut = cut;
    }

    /** Whose answers these are; null for frames of the gateway itself. */
    @Nullable Session session() {
        return session;
    }

    boolean isCut() {
        return isCut;
    }

    /**
     * Ingress thread: takes over the bytes of the next chunk to the same connection, which is given
     * back, if there is room for them. So a peer that does not read holds few chunks, well filled.
     */
    public final boolean absorb(Chunk next) {
        int count = next.bytes.position();
        if (bytes.capacity() - bytes.position() < count) {
            return false;
        }
        bytes.put(bytes.position(), next.bytes, 0, count).position(bytes.position() + count);
        session = next.session == null ? session : next.session;
        owed += next.owed;
        next.owed = 0;
        next.giveBack();
        return true;
    }

    /** Ingress thread: the bytes have left, or never will. */
    public final void giveBack() {
        Session owner = session;
        if (owner != null && owed > 0) {
            owner.egress.reclaim(owed);
        }
        session = null;
        home.giveBack(this);
    }
}
