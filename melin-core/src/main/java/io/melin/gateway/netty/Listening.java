package io.melin.gateway.netty;

import io.melin.gateway.GatewayBindException;
import io.melin.gateway.TransportKind;
import io.melin.gateway.TransportUnavailableException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/**
 * A port that is bound and listens, before a loop serves it.
 *
 * @param kind never {@link TransportKind#AUTO}
 * @param handlers what the loop waits with
 * @param acceptor not registered yet; the only owner of the port
 */
record Listening(TransportKind kind, IoHandlerFactory handlers, ServerChannel acceptor) {
    static final int BACKLOG = 1_024;

    private static final System.Logger LOG = System.getLogger(Listening.class.getName());

    /**
     * @throws GatewayBindException if the address cannot be bound
     * @throws TransportUnavailableException if a kind is asked for that this machine has not
     */
    static Listening open(InetSocketAddress wished, TransportKind kind) {
        boolean isNative = kind != TransportKind.NIO && hasEpoll(kind);
        try {
            if (wished.isUnresolved()) {
                throw new UnresolvedAddressException();
            }
            return isNative ? EpollListening.open(wished) : onSelector(wished);
        } catch (IOException | UnresolvedAddressException e) {
            throw new GatewayBindException(wished, e);
        }
    }

    /** Loads what the first port needs, without one. */
    static void load() {
        if (hasEpoll(TransportKind.AUTO)) {
            EpollListening.load();
        } else {
            new NioServerSocketChannel().unsafe().closeForcibly();
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) acceptor.localAddress();
    }

    /** Frees the port of an acceptor that no loop knows. */
    void discard() {
        acceptor.unsafe().closeForcibly();
    }

    private static boolean hasEpoll(TransportKind kind) {
        Throwable reason = reasonAgainstEpoll();
        if (reason == null) {
            return true;
        }
        if (kind == TransportKind.EPOLL) {
            throw new TransportUnavailableException(kind, reason);
        }
        LOG.log(System.Logger.Level.DEBUG, "the gateway does without epoll: " + reason);
        return false;
    }

    /** Its classes are an optional dependency, and their native part may lack or not load. */
    private static @Nullable Throwable reasonAgainstEpoll() {
        try {
            return Epoll.unavailabilityCause();
        } catch (NoClassDefFoundError e) {
            return e;
        }
    }

    private static Listening onSelector(InetSocketAddress wished) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(wished, BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Listening(
                TransportKind.NIO, NioIoHandler.newFactory(), new NioServerSocketChannel(socket));
    }
}
