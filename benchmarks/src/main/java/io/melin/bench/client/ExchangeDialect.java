package io.melin.bench.client;

import io.melin.sample.exchange.gateway.ExchangeTag;
import io.melin.sample.exchange.gateway.RequestEncoder;
import io.melin.sample.exchange.load.ClientFlow;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The sample exchange's protocol: each connection is a client with ids and an order flow, and its
 * greeting ends when all that the flow needs is there.
 */
final class ExchangeDialect implements Dialect {
    /** Requests of the set-up in flight: so few that neither side's sockets are ever full. */
    private static final int SET_UP_WINDOW = 1_024;

    private static final int READ_BYTES = 1 << 18;

    /** Frames made ahead; not all of a large window, since what is left of them is moved. */
    private static final int AHEAD_MAX = 512;

    /** So many answers say whether most of them are rejections. */
    private static final int JUDGED_MIN = 10_000;

    private final GatewayClient gateway;
    private final ClientFlow flow;
    private final ByteBuffer ahead;
    private long made;
    private long answered;
    private long rejected;

    /**
     * @param client not 0, and new to the exchange
     */
    ExchangeDialect(long client, ClientFlow flow, int window) {
        this.gateway = new GatewayClient(client, this::report);
        this.flow = flow;
        int frames = Math.min(window, AHEAD_MAX);
        this.ahead = GatewayClient.littleEndian(frames * RequestEncoder.FRAME_BYTES_MAX);
        ahead.flip();
    }

    private void report(byte tag) throws IOException {
        if (tag < ExchangeTag.PLACED || tag > ExchangeTag.REPLACED) {
            throw new IOException("not a report of a flow: tag=" + tag);
        }
        rejected += tag == ExchangeTag.REJECTED ? 1 : 0;
    }

    @Override
    public void greet(SocketChannel channel) throws IOException {
        gateway.greet(channel);
        ByteBuffer out = GatewayClient.littleEndian(SET_UP_WINDOW * RequestEncoder.FRAME_BYTES_MAX);
        ByteBuffer in = GatewayClient.littleEndian(READ_BYTES);
        while (makeSetUp(out)) {
            channel.write(out); // all of it: the channel blocks
            awaitAnswers(channel, in);
        }
        if (rejected > 0) {
            throw new IOException("a set-up that is rejected: rejected=" + rejected);
        }
        prepare();
    }

    /** As many as fit; false if there are none. */
    private boolean makeSetUp(ByteBuffer out) {
        out.clear();
        while (out.remaining() >= RequestEncoder.FRAME_BYTES_MAX
                && flow.writeSetUp(out, made + 1)) {
            made++;
        }
        return out.flip().hasRemaining();
    }

    private void awaitAnswers(SocketChannel channel, ByteBuffer in) throws IOException {
        while (answered < made) {
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed: answered=" + answered);
            }
            answers(in.flip());
            in.compact();
        }
    }

    @Override
    public int requestBytes() {
        return RequestEncoder.FRAME_BYTES_MAX;
    }

    @Override
    public void request(ByteBuffer out) {
        if (!ahead.hasRemaining()) {
            prepare();
        }
        int start = ahead.position();
        int bytes = Integer.BYTES + ahead.getInt(start);
        out.put(out.position(), ahead, start, bytes).position(out.position() + bytes);
        ahead.position(start + bytes);
    }

    @Override
    public void prepare() {
        ahead.compact();
        while (ahead.remaining() >= RequestEncoder.FRAME_BYTES_MAX) {
            flow.write(ahead, ++made);
        }
        ahead.flip();
    }

    @Override
    public int answers(ByteBuffer in) throws IOException {
        int ends = gateway.ends(in);
        answered += ends;
        if (answered > JUDGED_MIN && 2 * rejected > answered) {
            throw new IOException("most is rejected: " + rejected + " of " + answered);
        }
        return ends;
    }
}
