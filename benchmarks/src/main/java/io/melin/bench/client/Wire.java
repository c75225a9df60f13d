package io.melin.bench.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * One connection with a bounded window. What may be sent at one time leaves in one write. A latency
 * starts before that write and ends after the read that brought the answer. Threading: one that
 * sends and one that reads, or one for both.
 */
final class Wire implements AutoCloseable {
    private static final int READ_BYTES = 1 << 18;

    private final Dialect dialect;
    private final SocketChannel channel;
    private final ByteBuffer in =
            ByteBuffer.allocateDirect(READ_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer out;
    private final long[] startedNs;
    private final AtomicLong sent = new AtomicLong(); // the sending thread's
    private final AtomicLong answered = new AtomicLong(); // the reading thread's
    private long counted;

    Wire(InetSocketAddress address, Dialect dialect, int window) throws IOException {
        this.dialect = dialect;
        this.startedNs = new long[window];
        this.out =
                ByteBuffer.allocateDirect(window * dialect.requestBytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
        this.channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        dialect.greet(channel);
        channel.configureBlocking(false);
    }

    SocketChannel channel() {
        return channel;
    }

    boolean isIdle() {
        return sent.get() == answered.get();
    }

    /** Counts answers that came in the measured time. */
    void count(int answers) {
        counted += answers;
    }

    /** As many as were counted. */
    long counted() {
        return counted;
    }

    /** Requests for which the window has room. */
    int room() {
        return (int) (startedNs.length - (sent.get() - answered.get()));
    }

    /** Sends so many requests, from 0 to {@link #room}, that are all due now. */
    void sendNow(int count) throws IOException {
        long nowNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            add(nowNs);
        }
        flush();
    }

    /**
     * Adds a request to what {@link #flush} sends; there is {@link #room}.
     *
     * @param dueNs when its latency starts
     */
    void add(long dueNs) {
        long number = sent.get();
        startedNs[(int) (number % startedNs.length)] = dueNs;
        sent.setRelease(number + 1);
        dialect.request(out);
    }

    /** One write for all that was added. */
    void flush() throws IOException {
        if (out.position() == 0) {
            return;
        }
        out.flip();
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                Thread.onSpinWait(); // a window that no socket buffer holds: loopback drains it
            }
        }
        out.clear();
        dialect.prepare();
    }

    /**
     * Reads once.
     *
     * @param latencies takes one of each answer, in nanoseconds
     * @return answers that came
     */
    int read(LongConsumer latencies) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed: answered=" + answered + ", sent=" + sent);
        }
        in.flip();
        int count = in.hasRemaining() ? dialect.answers(in) : 0;
        in.compact();
        if (count > 0) {
            long nowNs = System.nanoTime();
            long first = answered.get();
            for (long i = first; i < first + count; i++) {
                latencies.accept(nowNs - startedNs[(int) (i % startedNs.length)]);
            }
            answered.setRelease(first + count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
