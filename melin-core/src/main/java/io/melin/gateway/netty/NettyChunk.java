package io.melin.gateway.netty;

import io.melin.gateway.Chunk;
import io.melin.gateway.ChunkPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Direct memory that both a codec and a socket can use. The reference that it holds itself is never
 * released: what is above it is the library's, while it writes.
 */
final class NettyChunk extends Chunk {
    private static final int OWN = 1;

    private final ByteBuf view;

    private NettyChunk(ChunkPool home, ByteBuffer memory) {
        super(home, memory.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        view = Unpooled.wrappedBuffer(memory);
    }

    static NettyChunk create(ChunkPool home, int bytes) {
        return new NettyChunk(home, ByteBuffer.allocateDirect(bytes));
    }

    /** What was filled, for one write, which releases it. */
    ByteBuf toWrite() {
        return view.setIndex(0, bytes().position()).retain();
    }

    /** Whether the write is over. */
    boolean isWritten() {
        return view.refCnt() == OWN;
    }
}
