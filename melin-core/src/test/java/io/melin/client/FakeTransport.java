package io.melin.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A transport of arrays: what was asked of it, to look at. */
final class FakeTransport implements Transport {
    final List<ServerAddress> connects = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    boolean isConnecting;
    boolean hasRoom = true;
    int flushes;
    int disconnects;
    int signals;

    @Override
    public void run(ClientSession<?> session) {
        throw new AssertionError("stepped by the test");
    }

    @Override
    public void connect(ServerAddress server) {
        connects.add(server);
        isConnecting = true;
        written.reset();
    }

    @Override
    public boolean hasRoom() {
        return hasRoom;
    }

    @Override
    public void write(byte[] frame) {
        written.writeBytes(frame);
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public void disconnect() {
        disconnects++;
        isConnecting = false;
        written.reset();
    }

    @Override
    public void signal() {
        signals++;
    }

    /** What was written since the last time. */
    byte[] take() {
        byte[] taken = written.toByteArray();
        written.reset();
        return taken;
    }
}
