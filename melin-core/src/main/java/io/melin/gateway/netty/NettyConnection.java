package io.melin.gateway.netty;

import io.melin.gateway.Chunk;
import io.melin.gateway.Connection;
import io.melin.gateway.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One channel between its session and the event loop. Threading: the ingress thread. */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {
    private final NettyTransport transport;
    private final SocketChannel channel;
    private final boolean isEncrypted;
    private final ArrayDeque<NettyChunk> writing = new ArrayDeque<>();
    private Transport.@Nullable Receiver receiver;
    private long sent;
    private boolean isBusy;

    NettyConnection(NettyTransport transport, SocketChannel channel, boolean isEncrypted) {
        this.transport = transport;
        this.channel = channel;
        this.isEncrypted = isEncrypted;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        receiver = transport.accepted(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            Transport.Receiver to = receiver;
            if (to != null) {
                to.received(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Transport.Receiver to = receiver;
        receiver = null;
        reclaim();
        if (to != null) {
            to.closed();
        }
    }

    /** A broken connection ends; a broken callback ends the node. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException) && !(cause instanceof DecoderException)) {
            transport.failed(cause);
        }
        channel.close();
    }

    @Override
    public void send(Chunk chunk) {
        NettyChunk own = (NettyChunk) chunk;
        if (!channel.isActive()) {
            own.giveBack();
            return;
        }
        sent += own.bytes().position();
        writing.add(own);
        channel.write(own.toWrite(), channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
        if (!reclaim() && !isBusy) {
            isBusy = true;
            transport.busy(this);
        }
    }

    /**
     * Gives back what was written.
     *
     * @return whether nothing is left
     */
    boolean reclaim() {
        NettyChunk first = writing.peek();
        while (first != null && (first.isWritten() || !channel.isOpen())) {
            writing.remove();
            first.giveBack();
            first = writing.peek();
        }
        return first == null;
    }

    void idle() {
        isBusy = false;
    }

    @Override
    public boolean hasPending() {
        return pendingBytes() > 0;
    }

    private long pendingBytes() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    @Override
    public boolean isBehind() {
        return !channel.isWritable();
    }

    @Override
    public long progress() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        return outbound == null
                ? sent
                : sent - outbound.totalPendingWriteBytes() + outbound.currentProgress();
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
        reading(true);
        channel.flush();
        if (isEncrypted) {
            channel.close();
        } else if (channel.isActive()) {
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
