package io.melin.bench.client;

import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.Tag;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/** A client with ids at a gateway without authentication, whatever its requests say. */
final class GatewayClient {
    private final long client;
    private final Reports reports;
    private long answers;

    /** Learns what is reported about requests. */
    interface Reports {

        /**
         * @throws IOException if this client expects no such report
         */
        void report(byte tag) throws IOException;
    }

    /**
     * @param client not 0, and new to the node
     */
    GatewayClient(long client, Reports reports) {
        this.client = client;
        this.reports = reports;
    }

    static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Says who it is, on a channel that blocks. */
    void greet(SocketChannel channel) throws IOException {
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

    /**
     * Takes all whole frames of a little-endian buffer.
     *
     * @return how many requests they end, each in its turn
     */
    int ends(ByteBuffer in) throws IOException {
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
            } else if (tag >= Tag.RESPONSE_FIRST && tag <= Tag.RESPONSE_LAST) {
                reports.report(tag);
            } else if (tag != Tag.HEARTBEAT) {
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
