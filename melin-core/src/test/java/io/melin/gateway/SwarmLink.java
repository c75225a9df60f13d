package io.melin.gateway;

import io.melin.wire.BusyFrame;
import io.melin.wire.ChallengeFrame;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link Swarm}: keeps a window of requests in flight and checks that each is
 * answered once and in order. It cuts the stream itself: nothing of it is the session's.
 */
final class SwarmLink {
    private static final int FRAME_BYTES_MAX = 1 << 15;

    /** What became of its requests. */
    static final class Tally {
        long answered;
        long busy;
        long draining;
        long unanswered;
        final Latencies latencies = new Latencies();
    }

    final Tally tally = new Tally();
    private final long client;
    private final @Nullable Signer signer;
    private final SocketChannel channel;
    private final ByteBuffer incoming =
            ByteBuffer.allocateDirect(2 * FRAME_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer outgoing;
    private final long[] sentNs;
    private long sent;
    private volatile long done;
    private boolean isReady;
    private boolean isBroken;
    private volatile boolean isEnded;

    /**
     * @param signer signs the challenge, on the lane that the client's number is; null identifies
     */
    SwarmLink(InetSocketAddress address, int window, long client, @Nullable Signer signer)
            throws IOException {
        this.client = client;
        this.signer = signer;
        sentNs = new long[window];
        int bytes = (window + 16) * (RequestFrame.PAYLOAD + Long.BYTES);
        outgoing = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (signer == null) {
            IdentifyFrame.write(outgoing, client);
        }
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE, this);
    }

    /** Reads what came, and sends what the window allows. */
    void turn(SelectionKey key, boolean isSending) throws IOException {
        read();
        if (isEnded) {
            key.cancel();
            channel.close();
            return;
        }
        try {
            write(key, isSending && !isBroken);
        } catch (IOException e) {
            isBroken = true; // what the server said before it left can still be read
            outgoing.clear();
        }
    }

    private void write(SelectionKey key, boolean isSending) throws IOException {
        long nowNs = System.nanoTime();
        while (isSending && isReady && sent - done < sentNs.length && outgoing.remaining() > 64) {
            sentNs[(int) (sent % sentNs.length)] = nowNs;
            sent++;
            RequestFrame.begin(outgoing, sent, Tag.EVENT, Long.BYTES).putLong(1);
        }
        outgoing.flip();
        if (outgoing.hasRemaining()) {
            channel.write(outgoing);
        }
        boolean isFull = outgoing.hasRemaining();
        outgoing.compact();
        int ops = SelectionKey.OP_READ | (isFull ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }

    private void read() {
        int count = received();
        if (count < 0) {
            end();
            return;
        }
        if (count > 0) {
            incoming.flip();
            cut(System.nanoTime());
            incoming.compact();
        }
    }

    /** Frames that have come whole, from position to limit. */
    private void cut(long nowNs) {
        while (incoming.remaining() >= Integer.BYTES) {
            int start = incoming.position() + Integer.BYTES;
            int length = incoming.getInt(incoming.position());
            if (length < 1 || length > FRAME_BYTES_MAX) {
                throw new AssertionError("the server sent no frame: length=" + length);
            }
            if (incoming.limit() - start < length) {
                return;
            }
            ByteBuffer payload = incoming.slice(start + 1, length - 1);
            frame(incoming.get(start), payload.order(ByteOrder.LITTLE_ENDIAN), nowNs);
            incoming.position(start + length);
        }
    }

    private int received() {
        try {
            return channel.read(incoming);
        } catch (IOException e) {
            return -1;
        }
    }

    /** The server is gone: what is open has no outcome. */
    private void end() {
        isEnded = true;
        tally.unanswered = sent - done;
    }

    private void frame(byte tag, ByteBuffer payload, long nowNs) {
        int start = payload.position();
        switch (tag) {
            case Tag.READY -> isReady = payload.getLong(start + 4) != 0;
            case Tag.CHALLENGE -> sign(ChallengeFrame.read(payload));
            case Tag.END -> {
                answered(payload.getLong(start + EndFrame.REQUEST), nowNs);
                tally.answered++;
            }
            case Tag.BUSY -> {
                answered(payload.getLong(start + BusyFrame.REQUEST), nowNs);
                count(Code.of(payload.get(start + BusyFrame.CODE)));
            }
            case Tag.ERROR -> throw new AssertionError("error: " + ErrorFrame.text(payload));
            default -> {} // reports and heartbeats
        }
    }

    private void sign(@Nullable ChallengeFrame challenge) {
        if (signer == null || challenge == null) {
            throw new AssertionError("a challenge that nobody can answer");
        }
        signer.response(challenge, (int) client).write(outgoing);
    }

    private void count(@Nullable Code code) {
        if (code == Code.OVERLOADED) {
            tally.busy++;
        } else if (code == Code.DRAINING) {
            tally.draining++;
        } else {
            throw new AssertionError("refused: code=" + code);
        }
    }

    private void answered(long number, long nowNs) {
        if (number != done + 1) {
            throw new AssertionError("out of order: expected=" + (done + 1) + ", found=" + number);
        }
        tally.latencies.add(nowNs - sentNs[(int) (done % sentNs.length)]);
        done = number;
    }

    /** Requests that have ended. Threading: any. */
    long answers() {
        return done;
    }

    boolean isEnded() {
        return isEnded;
    }

    boolean isIdle() {
        return isEnded || isReady && sent == done;
    }

    void close() throws IOException {
        channel.close();
    }
}
