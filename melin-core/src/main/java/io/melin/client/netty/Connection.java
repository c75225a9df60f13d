package io.melin.client.netty;

import io.melin.client.ClientSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.ByteBuffer;

/** Passes the events of one channel to the session, as long as they concern it. */
final class Connection extends ChannelInboundHandlerAdapter {
    private final NettyTransport transport;
    private final ClientSession<?> session;
    private final boolean isTls;

    Connection(NettyTransport transport, ClientSession<?> session, boolean isTls) {
        this.transport = transport;
        this.session = session;
        this.isTls = isTls;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!isTls && transport.isCurrent(context.channel())) {
            session.onConnected();
        }
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done
                && transport.isCurrent(context.channel())) {
            if (done.isSuccess()) {
                session.onConnected();
            } else {
                session.onLost("no TLS: " + done.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (transport.isCurrent(context.channel())) {
                for (ByteBuffer part : bytes.nioBuffers()) {
                    session.onBytes(part);
                }
            }
        } catch (RuntimeException | Error e) {
            transport.broke(e);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost(context, "closed by the server");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lost(context, String.valueOf(cause));
    }

    private void lost(ChannelHandlerContext context, String why) {
        if (transport.isCurrent(context.channel())) {
            session.onLost(why);
        }
    }
}
