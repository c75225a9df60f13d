package io.melin.gateway.netty;

import io.melin.gateway.TransportKind;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The only class that is lost where the network library's native part is. */
final class EpollListening {
    private EpollListening() {}

    static void load() {
        new EpollServerSocketChannel().unsafe().closeForcibly();
    }

    static Listening open(InetSocketAddress wished) throws IOException {
        Socket socket = Socket.newSocketStream();
        try {
            socket.setReuseAddress(true);
            socket.bind(wished);
            socket.listen(Listening.BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        // From here on the channel alone may close the descriptor: its number is soon another's.
        return new Listening(
                TransportKind.EPOLL,
                EpollIoHandler.newFactory(),
                new EpollServerSocketChannel(socket.intValue()));
    }
}
