package io.melin.gateway;

import io.melin.integrity.Invariant;
import io.melin.trace.StageCounter;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of chunks, used again and again.
 *
 * <p>Threading: one thread takes, the ingress thread gives back.
 */
public final class ChunkPool {
    private final Transport transport;
    private final int chunkBytes;
    private final int chunksMax;
    private final SpscVarHandleArrayQueue<Chunk> free;
    private final StageCounter taken = new StageCounter();
    private final StageCounter returned = new StageCounter();
    private int created;

    /**
     * @param bytesMax memory of all chunks together, at least one chunk
     */
    ChunkPool(Transport transport, int chunkBytes, long bytesMax) {
        this.transport = transport;
        this.chunkBytes = chunkBytes;
        this.chunksMax = (int) Math.max(1, Math.min(1 << 20, bytesMax / chunkBytes));
        this.free = new SpscVarHandleArrayQueue<>(Math.max(4, chunksMax));
    }

    int chunkBytes() {
        return chunkBytes;
    }

    int chunksMax() {
        return chunksMax;
    }

    /** An empty chunk, or null when all are in use. */
    @Nullable Chunk take() {
        Chunk chunk = free.poll();
        if (chunk == null) {
            if (created == chunksMax) {
                return null;
            }
            created++;
            chunk = transport.newChunk(this, chunkBytes);
        }
        chunk.clear();
        taken.add(1);
        taken.publish();
        return chunk;
    }

    void giveBack(Chunk chunk) {
        Invariant.check(free.offer(chunk), "a chunk was given back twice");
        returned.add(1);
        returned.publish();
    }

    /** Memory of the chunks that can be taken now. Threading: any; exact for the taker. */
    long freeBytes() {
        return (long) chunkBytes * Math.max(0, chunksMax - inUse());
    }

    /** Chunks that were taken and not given back. Threading: any; never too few. */
    int inUse() {
        long back = returned.acquire();
        return (int) (taken.acquire() - back);
    }
}
