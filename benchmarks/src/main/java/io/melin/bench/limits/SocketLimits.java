package io.melin.bench.limits;

import io.melin.bench.part.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A round trip of 64 bytes to a thread that sends them back: blocked, or spinning. */
final class SocketLimits {
    private static final int BYTES = 64;

    private final SocketChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

    private SocketLimits(SocketChannel channel) {
        this.channel = channel;
    }

    static List<Samples> measure() throws IOException {
        return List.of(
                measure(Limits.ROUND_TRIP, true), measure("TCP round trip, spinning", false));
    }

    private static Samples measure(String name, boolean blocks) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            try (SocketChannel near = SocketChannel.open(server.getLocalAddress());
                    SocketChannel far = server.accept()) {
                for (SocketChannel channel : List.of(near, far)) {
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    channel.configureBlocking(blocks);
                }
                Thread echo = new Thread(new SocketLimits(far)::echo, "echo");
                echo.setDaemon(true);
                echo.start();
                return Stopwatch.time(name, new SocketLimits(near)::roundTrip);
            }
        }
    }

    private void roundTrip() throws IOException {
        send();
        receive();
    }

    private void echo() {
        try {
            while (receive()) {
                send();
            }
        } catch (IOException e) {
            // the measuring side closed: it is over
        }
    }

    private void send() throws IOException {
        bytes.clear();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private boolean receive() throws IOException {
        bytes.clear();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                return false;
            }
        }
        return true;
    }
}
