package io.melin.bench.echo;

import io.melin.bench.part.Forked;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;

/**
 * A server of Netty and nothing else, as the gateway with one thread for all connections. Nothing
 * is kept: it says what the wire costs.
 */
public final class EchoServer {
    private static final int BACKLOG = 1_024;

    private EchoServer() {}

    /**
     * @param arguments a directory that is not used, and the transport: nio, epoll or io_uring
     */
    public static void main(String[] arguments) throws InterruptedException {
        Forked.endWithParent();
        Wiring wiring = Wiring.of(arguments[1]);
        Channel server =
                new ServerBootstrap()
                        .group(new MultiThreadIoEventLoopGroup(1, wiring.handlers()))
                        .channel(wiring.listener())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new EachConnection())
                        .bind("127.0.0.1", 0)
                        .sync()
                        .channel();
        System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync(); // the process is killed
    }

    private static final class EachConnection extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new Answerer());
        }
    }
}
