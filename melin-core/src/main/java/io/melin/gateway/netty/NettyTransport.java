package io.melin.gateway.netty;

import io.melin.gateway.Chunk;
import io.melin.gateway.ChunkPool;
import io.melin.gateway.Transport;
import io.melin.gateway.TransportKind;
import io.melin.stage.Waiter;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * TCP, with TLS if a context is given.
 *
 * <p>The port is bound at construction, so that a port in use fails the start and nothing later.
 */
public final class NettyTransport implements Transport {
    private static final int READ_BYTES = 1 << 16;
    private static final long LINGER_MS = 200;
    private static final long LINGER_STEP_NS = 1_000_000;

    private final Listening listening;
    private final InetSocketAddress address;
    private final @Nullable Supplier<SSLContext> tls;
    private final DutyLoop loop;

    /** Whether a thread owns the loop: the one that polls, or the one that gives it up. */
    private final AtomicBoolean isOwned = new AtomicBoolean();

    private final List<NettyConnection> busy = new ArrayList<>();
    private @Nullable SharedReads reads;
    private @Nullable ChannelGroup channels; // accepted, once it is open
    private @Nullable Listener listener;
    private @Nullable Throwable failure;

    /**
     * @param tls asked for each new connection; null speaks in the clear
     * @throws io.melin.gateway.GatewayBindException if the address cannot be bound
     * @throws io.melin.gateway.TransportUnavailableException if this machine has no such kind
     */
    public NettyTransport(
            InetSocketAddress wished, TransportKind kind, @Nullable Supplier<SSLContext> tls) {
        this.tls = tls;
        listening = Listening.open(wished, kind);
        address = listening.address();
        loop = new DutyLoop(listening.handlers()); // waits only for a port that was had
    }

    /** Loads what the first of them loads. Any thread, any number of times; binds no port. */
    public static void load() {
        Listening.load();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public TransportKind kind() {
        return listening.kind();
    }

    @Override
    public Waiter waiter() {
        return loop;
    }

    @Override
    public void open(Listener receiver, Executor background) {
        if (!isOwned.compareAndSet(false, true)) {
            throw new IllegalStateException("the transport was given up: address=" + address);
        }
        listener = receiver;
        loop.setOwningThread(Thread.currentThread());
        reads = new SharedReads(Unpooled.directBuffer(READ_BYTES, READ_BYTES));
        ChannelGroup group = new DefaultChannelGroup(loop);
        channels = group;
        Channel accepting = listening.acceptor();
        // Before it is registered: whoever has connected by now is accepted in the same step.
        accepting.pipeline().addLast(new Acceptor(this, new Welcome(this, group, tls, background)));
        ChannelFuture registered = loop().register(accepting);
        step();
        if (!registered.isSuccess()) {
            throw new IllegalStateException("the listener is not registered", registered.cause());
        }
    }

    EventLoop loop() {
        return loop;
    }

    /** How channels without encryption read. */
    SharedReads sharedReads() {
        return Objects.requireNonNull(reads);
    }

    Receiver accepted(NettyConnection connection) {
        Listener receiver = listener;
        if (receiver == null) {
            throw new IllegalStateException("a connection before the transport was opened");
        }
        return receiver.accepted(connection);
    }

    void busy(NettyConnection connection) {
        busy.add(connection);
    }

    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Override
    public int poll() {
        sharedReads().begin();
        int work = step();
        for (int i = busy.size() - 1; i >= 0; i--) {
            if (busy.get(i).push()) {
                busy.get(i).idle();
                busy.set(i, busy.get(busy.size() - 1));
                busy.remove(busy.size() - 1);
            }
        }
        return work;
    }

    /** With encryption the library reads on by itself. */
    @Override
    public boolean hasMore() {
        return sharedReads().hasFilled();
    }

    /** What a callback threw would only be logged by the loop: it must stop the stage. */
    private int step() {
        int work = loop.step();
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the gateway failed on a connection", cause);
        }
        return work;
    }

    @Override
    public void close() {
        ChannelGroup accepted = channels;
        if (accepted == null) {
            abandon();
            return;
        }
        listening.acceptor().close();
        linger(accepted);
        accepted.close();
        end();
    }

    private void end() {
        loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!loop.isTerminated()) {
            loop.step();
        }
        SharedReads shared = reads;
        if (shared != null) {
            shared.release();
        }
    }

    /**
     * Closing a socket with unread bytes resets it, which can destroy answers that are under way:
     * so each peer is told that this was all, and gets a moment to close first.
     */
    private void linger(ChannelGroup group) {
        for (Channel channel : group) {
            NettyConnection connection = channel.pipeline().get(NettyConnection.class);
            if (connection != null) {
                connection.leave();
                connection.finish();
            }
        }
        Future<?> end = loop.schedule(() -> {}, LINGER_MS, TimeUnit.MILLISECONDS);
        while (!group.isEmpty() && !end.isDone()) {
            loop.arm();
            loop.await(LINGER_STEP_NS);
            for (int i = 0; i < busy.size(); i++) {
                busy.get(i).push();
            }
        }
    }

    @Override
    public void abandon() {
        if (isOwned.compareAndSet(false, true)) {
            loop.setOwningThread(Thread.currentThread());
            listening.discard();
            end();
        } else if (!loop.isShuttingDown()) {
            stopAccepting();
        }
    }

    /** By the loop: a descriptor that is closed beneath it may be another file's at once. */
    private void stopAccepting() {
        try {
            loop.execute(listening.acceptor()::close);
        } catch (RejectedExecutionException e) {
            // the loop has just ended, and closed all that it had
        }
    }

    @Override
    public Chunk newChunk(ChunkPool home, int bytes) {
        return NettyChunk.create(home, bytes);
    }
}
