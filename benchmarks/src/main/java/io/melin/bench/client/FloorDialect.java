package io.melin.bench.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * What the floor speaks, in frames as large as those of a node: a request is a u32 length, a u64
 * number, one byte and the event; an answer has {@link #ANSWER_BYTES}, the number first.
 */
public final class FloorDialect implements Dialect {
    public static final int HEAD_BYTES = 13;

    /** As a report of 8 bytes and the end of a request take at a node. */
    public static final int ANSWER_BYTES = 13 + 30;

    private final int eventBytes;
    private long requests;
    private long answers;

    FloorDialect(int eventBytes) {
        this.eventBytes = eventBytes;
    }

    @Override
    public void greet(SocketChannel channel) {
        // it says nothing before the first request
    }

    @Override
    public int requestBytes() {
        return HEAD_BYTES + eventBytes;
    }

    @Override
    public void request(ByteBuffer out) {
        int start = out.position();
        out.putInt(requestBytes() - Integer.BYTES).putLong(++requests);
        out.position(start + requestBytes());
    }

    @Override
    public int answers(ByteBuffer in) throws IOException {
        int count = in.remaining() / ANSWER_BYTES;
        for (int i = 0; i < count; i++) {
            long number = in.getLong(in.position());
            if (number != ++answers) {
                throw new IOException("out of turn: number=" + number + ", expected=" + answers);
            }
            in.position(in.position() + ANSWER_BYTES);
        }
        return count;
    }
}
