package io.melin.gateway.netty;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Registers accepted channels with the one loop.
 *
 * <p>The library's own bootstrap adds its acceptor by a later task, so that a connection which came
 * before is dropped without a word.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());

    private final NettyTransport transport;
    private final Welcome welcome;

    Acceptor(NettyTransport transport, Welcome welcome) {
        this.transport = transport;
        this.welcome = welcome;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SocketChannel accepted = (SocketChannel) message;
        accepted.pipeline().addLast(welcome);
        transport.loop().register(accepted);
    }

    /** Out of file descriptors, most likely: a pause, since a retry at once would fail as well. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            transport.failed(cause);
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "no connection is accepted for 1 s: " + cause);
        ChannelConfig config = context.channel().config();
        config.setAutoRead(false);
        transport.loop().schedule(() -> config.setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
