package io.melin.client.netty;

import io.melin.client.FakeGateway;
import io.melin.client.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway behind blocking sockets, a thread each. */
final class ScriptedServer implements AutoCloseable {
    private final FakeGateway gateway;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;
    final AtomicInteger accepted = new AtomicInteger();

    /** The largest piece that is written at once. */
    volatile int pieceBytes = Integer.MAX_VALUE;

    ScriptedServer(FakeGateway gateway) throws IOException {
        this(gateway, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    ScriptedServer(FakeGateway gateway, ServerSocket listener) {
        this.gateway = gateway;
        this.listener = listener;
        start("scripted-accept", this::accept);
    }

    /** Again on the port of one that was closed. */
    static ScriptedServer at(FakeGateway gateway, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new ScriptedServer(gateway, listener);
    }

    ServerAddress address() {
        return new ServerAddress("localhost", listener.getLocalPort());
    }

    /** Ends all connections. */
    void cut() {
        sockets.forEach(ScriptedServer::close);
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                sockets.add(socket);
                if (isClosed) {
                    close(socket); // the system may accept one more while it closes
                }
                start("scripted-peer", () -> serve(socket));
            } catch (IOException e) {
                continue; // closed, or a client that left
            }
        }
    }

    private void serve(Socket socket) {
        byte[] bytes = new byte[4_096];
        try {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            FakeGateway.Peer peer = gateway.accept();
            write(out, peer.take());
            int count = in.read(bytes);
            while (count >= 0 && !peer.isClosed()) {
                peer.onBytes(ByteBuffer.wrap(bytes, 0, count));
                write(out, peer.take());
                count = peer.isClosed() ? -1 : in.read(bytes);
            }
        } catch (IOException e) {
            // cut
        } finally {
            close(socket);
            sockets.remove(socket);
        }
    }

    private void write(OutputStream out, byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += pieceBytes) {
            int count = Math.min(pieceBytes, bytes.length - from);
            out.write(bytes, from, count);
            out.flush();
            if (pieceBytes == Integer.MAX_VALUE) {
                return;
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }
}
