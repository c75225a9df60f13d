package io.melin.gateway;

import io.melin.wire.ResponseFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames of one session after another into chunks. A frame that is larger than a chunk goes
 * through a scratch buffer and is cut.
 *
 * <p>G4: when a session's backlog is full, its frames are dropped whole and it is marked, and
 * nobody else is touched. Threading: the response thread.
 */
final class ChunkWriter implements FrameSink {
    private final ChunkPool pool;
    private final GatewayLimits limits;
    private final Consumer<Chunk> outbox;
    private ByteBuffer scratch;
    private @Nullable Session session;
    private long backlogMax;
    private ByteBuffer open;
    private int start;
    private boolean isScratch;
    private boolean isOpen;

    /**
     * @param outbox takes full chunks
     */
    ChunkWriter(ChunkPool pool, GatewayLimits limits, Consumer<Chunk> outbox) {
        this.pool = pool;
        this.limits = limits;
        this.outbox = outbox;
        this.scratch = scratch(pool.chunkBytes());
        this.open = scratch;
    }

    private static ByteBuffer scratch(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whose frames come next. */
    void turnTo(Session next) {
        session = next;
    }

    /** Looks what a session may have waiting; done again whenever a chunk is taken. */
    void measure() {
        backlogMax = limits.backlogBytes(pool.freeBytes());
    }

    /** Room for one whole frame, from the buffer's position to its limit. */
    ByteBuffer reserve(int bytes) {
        requireClosed();
        Chunk chunk = room(bytes);
        isScratch = chunk == null;
        if (chunk == null) {
            if (scratch.capacity() < bytes) {
                scratch = scratch(Integer.highestOneBit(bytes - 1) << 1);
            }
            open = scratch.clear();
        } else {
            open = chunk.bytes();
        }
        start = open.position();
        isOpen = true;
        return open.limit(start + bytes);
    }

    private @Nullable Chunk room(int bytes) {
        Session owner = owner();
        Egress egress = owner.egress;
        if (!egress.isOpen()) {
            return null;
        }
        Chunk chunk = egress.filling;
        boolean fits =
                chunk != null && chunk.bytes().capacity() - chunk.bytes().position() >= bytes;
        if (!egress.hasRoom(bytes, backlogMax) || !fits && bytes > pool.freeBytes()) {
            egress.overflow();
            return null;
        }
        if (fits) {
            return chunk;
        }
        return bytes <= pool.chunkBytes() ? turn(owner, false) : null;
    }

    /** Hands over what is filled and begins a chunk. */
    private Chunk turn(Session owner, boolean isCut) {
        handOver(owner, isCut);
        Chunk chunk = pool.take();
        if (chunk == null) {
            throw new AssertionError("G4: memory that was free is gone");
        }
        owner.egress.filling = chunk;
        measure();
        return chunk;
    }

    /** Hands over what is filled; whole frames, since a frame is written in one go. */
    void handOver(Session owner) {
        handOver(owner, false);
    }

    private void handOver(Session owner, boolean isCut) {
        Chunk chunk = owner.egress.filling;
        if (chunk != null) {
            owner.egress.filling = null;
            chunk.belongsTo(owner, isCut);
            outbox.accept(chunk);
        }
    }

    /** The reserved frame is written. */
    void commit() {
        int written = open.position() - start;
        if (open.hasRemaining()) {
            throw new IllegalStateException(
                    "frame is shorter than it was begun: written="
                            + written
                            + ", begun="
                            + (open.limit() - start));
        }
        isOpen = false;
        open.limit(open.capacity());
        Session owner = owner();
        if (!isScratch) {
            owner.egress.append(written);
        } else if (owner.egress.isOpen()) {
            cut(owner, written);
        }
    }

    private void cut(Session owner, int bytes) {
        scratch.flip();
        while (scratch.hasRemaining()) {
            Chunk chunk = owner.egress.filling;
            if (chunk == null || !chunk.bytes().hasRemaining()) {
                chunk = turn(owner, scratch.position() > 0);
            }
            ByteBuffer target = chunk.bytes();
            int count = Math.min(target.remaining(), scratch.remaining());
            target.put(target.position(), scratch, scratch.position(), count);
            target.position(target.position() + count);
            scratch.position(scratch.position() + count);
            owner.egress.append(count);
        }
    }

    /** Fails if a frame was begun and not ended. */
    void requireClosed() {
        if (isOpen) {
            throw new IllegalStateException("a frame was begun and not ended");
        }
    }

    /** Forgets a frame that was begun and not ended. */
    void rollBack() {
        if (isOpen) {
            isOpen = false;
            open.limit(open.capacity()).position(start);
        }
    }

    @Override
    public ByteBuffer begin(byte tag, int payloadBytes) {
        ByteBuffer frame = reserve(ResponseFrame.PAYLOAD + payloadBytes);
        return ResponseFrame.begin(frame, tag, payloadBytes);
    }

    @Override
    public void end() {
        commit();
    }

    private Session owner() {
        Session owner = session;
        if (owner == null) {
            throw new IllegalStateException("a frame for nobody");
        }
        return owner;
    }
}
