package io.melin.sample.exchange.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An echo server of our own on a thread of its own, or none. */
final class Echo implements AutoCloseable {
    static final Echo NONE = new Echo(null, 0);

    private final @Nullable EchoServer server;
    private final int port;

    private Echo(@Nullable EchoServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static Echo start(String host) throws IOException {
        EchoServer server = new EchoServer(host, 0);
        Thread thread = new Thread(server, "echo");
        thread.setDaemon(true);
        thread.start();
        return new Echo(server, server.port());
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
