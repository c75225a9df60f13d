package io.melin.gateway.netty;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Prepares the channel of a new connection. */
@Sharable
final class Welcome extends ChannelInitializer<SocketChannel> {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    private final NettyTransport transport;
    private final ChannelGroup channels;
    private final @Nullable Supplier<SSLContext> tls;
    private final Executor background;

    Welcome(
            NettyTransport transport,
            ChannelGroup channels,
            @Nullable Supplier<SSLContext> tls,
            Executor background) {
        this.transport = transport;
        this.channels = channels;
        this.tls = tls;
        this.background = background;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        channels.add(channel);
        channel.config().setTcpNoDelay(true);
        Supplier<SSLContext> contexts = tls;
        if (contexts == null) {
            channel.config().setRecvByteBufAllocator(transport.sharedReads());
        } else {
            SSLEngine engine = contexts.get().createSSLEngine();
            engine.setUseClientMode(false);
            engine.setEnabledProtocols(
                    Stream.of(engine.getEnabledProtocols())
                            .filter(PROTOCOLS::contains)
                            .toArray(String[]::new));
            channel.pipeline().addLast(new SslHandler(engine, background));
        }
        channel.pipeline().addLast(new NettyConnection(transport, channel, contexts != null));
    }
}
