package io.melin.bench.echo;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/**
 * How the library waits for sockets and reads them.
 *
 * @param handlers one for each loop
 * @param listener the class of the channel that accepts
 */
record Wiring(IoHandlerFactory handlers, Class<? extends ServerSocketChannel> listener) {

    /**
     * @param name nio, epoll or io_uring; the last two need their native library
     * @throws IllegalArgumentException if it is none of them
     */
    static Wiring of(String name) {
        return switch (name) {
            case "nio" -> new Wiring(NioIoHandler.newFactory(), NioServerSocketChannel.class);
            case "epoll" -> new Wiring(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
            case "io_uring" ->
                    new Wiring(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
            default -> throw new IllegalArgumentException("no such transport: " + name);
        };
    }
}
