package io.melin.sample.exchange.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * Sends back what it receives: the least that a server on this machine can do, to hold figures
 * against. One thread, that of {@link #run}.
 */
final class EchoServer implements Runnable, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 17;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private volatile boolean closed;

    EchoServer(String host, int port) throws IOException {
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(host, port), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() throws IOException {
        return ((InetSocketAddress) Objects.requireNonNull(server.getLocalAddress())).getPort();
    }

    @Override
    public void run() {
        try (selector;
                server) {
            while (!closed) {
                selector.select(this::onReady);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void onReady(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                echo(key, (SocketChannel) key.channel());
            }
        } catch (IOException e) {
            drop(key);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    /** What a socket does not take waits with its key, and nothing is read meanwhile. */
    private void echo(SelectionKey key, SocketChannel channel) throws IOException {
        ByteBuffer bytes = key.attachment() instanceof ByteBuffer rest ? rest : shared;
        if (bytes == shared && channel.read(shared.clear()) < 0) {
            drop(key);
            return;
        }
        if (bytes == shared) {
            shared.flip();
        }
        channel.write(bytes);
        if (!bytes.hasRemaining()) {
            key.attach(null);
            key.interestOps(SelectionKey.OP_READ);
        } else if (bytes == shared) {
            key.attach(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    private static void drop(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // closed all the same
        }
    }
}
