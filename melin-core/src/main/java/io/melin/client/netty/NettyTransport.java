package io.melin.client.netty;

import io.melin.client.ClientSession;
import io.melin.client.ServerAddress;
import io.melin.client.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TCP, or TLS, under a session. What one step of the session writes leaves in one piece.
 *
 * <p>Threading: the loop thread, but for {@link #signal}.
 */
final class NettyTransport implements Transport {
    private static final int PIECE_BYTES = 1 << 16;

    private final Duration connectTimeout;
    private final @Nullable Supplier<SSLContext> tls;
    private final ClientLoop loop = new ClientLoop();
    private @Nullable ClientSession<?> session;
    private @Nullable Channel channel;
    private @Nullable ByteBuf piece;
    private @Nullable Throwable broken;

    NettyTransport(Duration connectTimeout, @Nullable Supplier<SSLContext> tls) {
        this.connectTimeout = connectTimeout;
        this.tls = tls;
    }

    @Override
    public void signal() {
        loop.signal();
    }

    @Override
    public void run(ClientSession<?> session) {
        this.session = session;
        String why = "the client was closed";
        try {
            loop.setOwningThread(Thread.currentThread());
            while (!session.isClosing()) {
                loop.await(session.step());
                Thread.interrupted(); // no message to a loop, and while it is set nothing waits
                if (broken != null) {
                    throw broken;
                }
            }
        } catch (Throwable e) {
            why = "the client failed: " + e;
            System.getLogger(NettyTransport.class.getName())
                    .log(System.Logger.Level.ERROR, "the client failed", e);
        } finally {
            session.end(why);
            loop.end();
        }
    }

    @Override
    public void connect(ServerAddress server) {
        ClientSession<?> owner = session();
        SslHandler secured;
        try {
            secured = tls == null ? null : secured(tls.get(), server);
        } catch (RuntimeException e) {
            owner.onLost("no TLS: " + e);
            return;
        }
        Connection connection = new Connection(this, owner, secured != null);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMs())
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel made) {
                                        if (secured != null) {
                                            made.pipeline().addLast(secured);
                                        }
                                        made.pipeline().addLast(connection);
                                    }
                                });
        ChannelFuture connecting = bootstrap.connect(server.host(), server.port());
        Channel made = connecting.channel();
        channel = made;
        connecting.addListener(done -> {
            if (!done.isSuccess() && isCurrent(made)) {
                owner.onLost("cannot connect: " + done.cause());
            }
        });
    }

    private int connectMs() {
        return (int) Math.max(1, Math.min(connectTimeout.toMillis(), Integer.MAX_VALUE));
    }

    /** The server's certificate must name the host. */
    private static SslHandler secured(SSLContext context, ServerAddress server) {
        SSLEngine engine = context.createSSLEngine(server.host(), server.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }

    /** A bug, found inside the event loop, which would only log it: the client ends. */
    void broke(Throwable cause) {
        broken = cause;
    }

    /** Whether events of a channel still concern the session. */
    boolean isCurrent(Channel found) {
        return channel == found;
    }

    @Override
    public boolean hasRoom() {
        Channel current = channel;
        ByteBuf begun = piece;
        return current != null
                && current.isWritable()
                && (begun == null || begun.readableBytes() < PIECE_BYTES);
    }

    @Override
    public void write(byte[] frame) {
        Channel current = channel;
        if (current == null) {
            return;
        }
        ByteBuf begun = piece;
        if (begun == null) {
            begun = current.alloc().directBuffer(Math.max(frame.length, 4_096));
            piece = begun;
        }
        begun.writeBytes(frame);
    }

    @Override
    public void flush() {
        Channel current = channel;
        ByteBuf begun = piece;
        piece = null;
        if (begun == null) {
            return;
        }
        if (current == null) {
            begun.release();
        } else {
            current.writeAndFlush(begun, current.voidPromise());
        }
    }

    @Override
    public void disconnect() {
        Channel current = channel;
        channel = null;
        flush();
        if (current != null) {
            current.close();
        }
    }

    private ClientSession<?> session() {
        ClientSession<?> owner = session;
        if (owner == null) {
            throw new AssertionError("connect before run");
        }
        return owner;
    }
}
