package io.melin.gateway;

import io.melin.stage.ThreadWakeup;
import io.melin.stage.Waiter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sockets without a network, moved on by hand. */
final class FakeTransport implements Transport {
    final List<FakeSocket> sockets = new ArrayList<>();
    private final Set<ChunkPool> pools = new LinkedHashSet<>();
    private @Nullable Listener listener;

    /** Plain memory. */
    private static final class FakeChunk extends Chunk {
        FakeChunk(ChunkPool home, int bytes) {
            super(home, ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** A new connection, accepted at once. */
    FakeSocket connect() {
        FakeSocket socket = new FakeSocket();
        sockets.add(socket);
        socket.receiver(Objects.requireNonNull(listener).accepted(socket));
        return socket;
    }

    /** Chunks that were taken and not given back. */
    int chunksInUse() {
        return pools.stream().mapToInt(ChunkPool::inUse).sum();
    }

    @Override
    public boolean hasMore() {
        return sockets.stream().anyMatch(FakeSocket::hasFilledARead);
    }

    @Override
    public int poll() {
        int work = 0;
        for (int i = 0; i < sockets.size(); i++) {
            work += sockets.get(i).lap();
        }
        sockets.removeIf(socket -> socket.end.isTold);
        return work;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(0);
    }

    @Override
    public TransportKind kind() {
        return TransportKind.NIO;
    }

    @Override
    public Waiter waiter() {
        return new ThreadWakeup();
    }

    @Override
    public void open(Listener receiver, Executor background) {
        listener = receiver;
    }

    @Override
    public void close() {}

    @Override
    public void abandon() {}

    @Override
    public Chunk newChunk(ChunkPool home, int bytes) {
        pools.add(home);
        return new FakeChunk(home, bytes);
    }
}
