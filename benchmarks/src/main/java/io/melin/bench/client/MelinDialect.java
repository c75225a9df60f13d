package io.melin.bench.client;

import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/** The default protocol of a node without authentication; each connection is a client with ids. */
final class MelinDialect implements Dialect {
    private final long client;
    private final int eventBytes;
    private long requests;
    private long answers;

    /**
     * @param client not 0, and new to the node
     */
    MelinDialect(long client, int eventBytes) {
        this.client = client;
        this.eventBytes = eventBytes;
    }

    @Override
    public void greet(SocketChannel channel) throws IOException {
        awaitReady(channel);
        ByteBuffer identify = littleEndian(IdentifyFrame.FRAME_BYTES);
        IdentifyFrame.write(identify, client);
        channel.write(identify.flip());
        awaitReady(channel);
    }

    private static void awaitReady(SocketChannel channel) throws IOException {
        ByteBuffer frame = littleEndian(ReadyFrame.FRAME_BYTES);
        while (frame.hasRemaining()) {
            if (channel.read(frame) < 0) {
                throw new EOFException("the server closed before it was ready");
            }
        }
        if (frame.get(Integer.BYTES) != Tag.READY) {
            throw new IOException("not READY: tag=" + frame.get(Integer.BYTES));
        }
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int requestBytes() {
        return RequestFrame.PAYLOAD + eventBytes;
    }

    @Override
    public void request(ByteBuffer out) {
        int start = out.position();
        RequestFrame.begin(out, ++requests, Tag.EVENT, eventBytes).putLong(requests);
        out.position(start + requestBytes());
    }

    @Override
    public int answers(ByteBuffer in) throws IOException {
        int ends = 0;
        int at = in.position();
        while (in.limit() - at > Integer.BYTES) {
            int next = at + Integer.BYTES + in.getInt(at);
            if (next > in.limit()) {
                break;
            }
            byte tag = in.get(at + Integer.BYTES);
            if (tag == Tag.END) {
                ends++;
                check(in.getLong(at + Integer.BYTES + 1));
            } else if (tag != Tag.REPORT && tag != Tag.HEARTBEAT) {
                throw new IOException("not answered: tag=" + tag);
            }
            at = next;
        }
        in.position(at);
        return ends;
    }

    private void check(long request) throws IOException {
        if (request != ++answers) {
            throw new IOException("out of turn: request=" + request + ", expected=" + answers);
        }
    }
}
