package io.melin.gateway.netty;

import io.melin.gateway.Chunk;
import io.melin.gateway.Connection;
import io.melin.gateway.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One channel between its session and the event loop. Threading: the ingress thread.
 *
 * <p>The library is given new chunks only when it has written all earlier ones: what waits for a
 * slow peer waits here, merged, and is counted here.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {
    private final NettyTransport transport;
    private final SocketChannel channel;
    private final boolean isEncrypted;
    private final ArrayDeque<NettyChunk> writing = new ArrayDeque<>();
    private final ArrayDeque<NettyChunk> waiting = new ArrayDeque<>();
    private Transport.@Nullable Receiver receiver;
    private long pending;
    private long taken;
    private boolean isBusy;
    private boolean isFinishing;

    NettyConnection(NettyTransport transport, SocketChannel channel, boolean isEncrypted) {
        this.transport = transport;
        this.channel = channel;
        this.isEncrypted = isEncrypted;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        try {
            receiver = transport.accepted(this);
        } catch (RuntimeException | Error e) {
            transport.failed(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            Transport.Receiver to = receiver;
            if (to != null) {
                to.received(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
            }
        } catch (RuntimeException | Error e) {
            transport.failed(e);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reclaim();
        leave();
    }

    /** Nobody listens from now on; what was sent still leaves. */
    void leave() {
        Transport.Receiver to = receiver;
        receiver = null;
        if (to == null) {
            return;
        }
        try {
            to.closed();
        } catch (RuntimeException | Error e) {
            transport.failed(e);
        }
    }

    /**
     * Whatever a peer can bring about, in the socket or in TLS, ends its connection and no more;
     * what a receiver throws never comes here.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Error) {
            transport.failed(cause);
        }
        channel.close();
    }

    @Override
    public void send(Chunk chunk) {
        if (isFinishing || !channel.isActive()) {
            chunk.giveBack();
            return;
        }
        NettyChunk own = (NettyChunk) chunk;
        pending += own.bytes().position();
        NettyChunk last = waiting.peekLast();
        if (last == null || !last.absorb(own)) {
            waiting.add(own);
        }
    }

    @Override
    public void flush() {
        if (!push() && !isBusy) {
            isBusy = true;
            transport.busy(this);
        }
    }

    void idle() {
        isBusy = false;
    }

    /**
     * Writes on, once all that was written before has left.
     *
     * @return whether nothing is left to write
     */
    boolean push() {
        reclaim();
        if (!waiting.isEmpty() && writing.isEmpty() && unwritten() == 0) {
            write();
            reclaim();
        }
        boolean isDone = pending() == 0;
        if (isDone && isFinishing) {
            end();
        }
        return isDone;
    }

    private void write() {
        NettyChunk next = waiting.poll();
        while (next != null) {
            writing.add(next);
            channel.write(next.toWrite(), channel.voidPromise());
            next = waiting.poll();
        }
        channel.flush();
    }

    private void reclaim() {
        boolean isOpen = channel.isOpen();
        while (!writing.isEmpty() && (!isOpen || writing.element().isWritten())) {
            release(writing.remove());
        }
        while (!waiting.isEmpty() && !isOpen) {
            release(waiting.remove());
        }
    }

    private void release(NettyChunk chunk) {
        int bytes = chunk.bytes().position();
        pending -= bytes;
        taken += bytes;
        chunk.giveBack();
    }

    /** What lies in the library: encrypted bytes, if nothing else. */
    private long unwritten() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    @Override
    public long pending() {
        return pending > 0 ? pending : unwritten();
    }

    @Override
    public long progress() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null
                ? taken
                : taken - outbound.totalPendingWriteBytes() + outbound.currentProgress();
    }

    @Override
    public void reading(boolean on) {
        if (channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    /** A reset would overtake the last frame, so the peer gets the time to read it. */
    @Override
    public void finish() {
        if (!isFinishing) {
            isFinishing = true;
            reading(true);
            flush();
        }
    }

    private void end() {
        if (isEncrypted) {
            channel.close();
        } else if (channel.isActive() && !channel.isOutputShutdown()) {
            channel.shutdownOutput();
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public String peer() {
        return String.valueOf(channel.remoteAddress());
    }
}
