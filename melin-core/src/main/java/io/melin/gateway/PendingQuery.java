package io.melin.gateway;

import io.melin.app.Application;
import io.melin.event.IdScheme;
import io.melin.pipeline.LiveState;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A query between the ingress, which asks it, the application thread, which answers it, and the
 * response thread, which sends the answer; each hand-over orders the two sides.
 */
final class PendingQuery implements FrameSink {
    /** Ids of gateway clients, as the exactly-once table keeps them. */
    static final byte CLIENT_SCHEME = IdScheme.CLIENT_REQUEST | IdScheme.GATEWAY;

    private static final int FIRST_BYTES = 1_024;
    private static final int KEPT_BYTES_MAX = 1 << 16;

    final int index;
    private final int answerBytesMax;
    private long request;
    private long client;
    private @Nullable GatewayQuery query;
    private @Nullable String failure;
    private ByteBuffer frames = buffer(FIRST_BYTES);
    private int frameEnd;
    private boolean isOpen;

    PendingQuery(int index, int answerBytesMax) {
        this.index = index;
        this.answerBytesMax = answerBytesMax;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Ingress thread.
     *
     * @param asked null asks for the client's highest request number
     */
    void ask(long number, long asker, @Nullable GatewayQuery asked) {
        request = number;
        client = asker;
        query = asked;
        failure = null;
        isOpen = false;
        frames.clear();
    }

    /** Application thread. */
    void answer(Application<?, ?> application, LiveState live) {
        GatewayQuery asked = query;
        try {
            if (asked == null) {
                begin(Tag.HIGHEST_REQUEST, Long.BYTES)
                        .putLong(live.highestRequest(CLIENT_SCHEME, client));
                end();
            } else {
                asked.answer(application, live, this);
                requireClosed();
            }
        } catch (RuntimeException e) {
            failure = e.toString(); // of this request alone
        }
    }

    @Override
    public ByteBuffer begin(byte tag, int payloadBytes) {
        requireClosed();
        int bytes = ResponseFrame.PAYLOAD + payloadBytes;
        int start = frames.position();
        if (start + (long) bytes > answerBytesMax) {
            throw new IllegalStateException("the answer is over " + answerBytesMax + " bytes");
        }
        if (frames.capacity() < start + bytes) {
            ByteBuffer larger = buffer(Integer.highestOneBit(start + bytes - 1) << 1);
            larger.put(frames.flip());
            frames = larger;
        }
        frameEnd = start + bytes;
        frames.limit(frameEnd);
        isOpen = true;
        return ResponseFrame.begin(frames, tag, payloadBytes);
    }

    @Override
    public void end() {
        if (frames.position() != frameEnd) {
            throw new IllegalStateException(
                    "frame is shorter than it was begun: missing=" + frames.remaining());
        }
        isOpen = false;
        frames.limit(frames.capacity());
    }

    private void requireClosed() {
        if (isOpen) {
            throw new IllegalStateException("a frame was begun and not ended");
        }
    }

    /** Response thread. */
    long request() {
        return request;
    }

    /** Response thread: what the query threw, or null. */
    @Nullable String failure() {
        return failure;
    }

    /** Response thread: all frames of the answer, from position to limit. */
    ByteBuffer frames() {
        return frames.flip();
    }

    /** Response thread: forgets the query before the next one has its place. */
    void clear() {
        query = null;
        if (frames.capacity() > KEPT_BYTES_MAX) {
            frames = buffer(FIRST_BYTES);
        }
    }
}
