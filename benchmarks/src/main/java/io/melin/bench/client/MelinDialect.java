package io.melin.bench.client;

import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The default protocol of a node without authentication; each connection is a client with ids. */
final class MelinDialect implements Dialect {
    private final GatewayClient gateway;
    private final int eventBytes;
    private long requests;

    /**
     * @param client not 0, and new to the node
     */
    MelinDialect(long client, int eventBytes) {
        this.gateway = new GatewayClient(client, MelinDialect::report);
        this.eventBytes = eventBytes;
    }

    private static void report(byte tag) throws IOException {
        if (tag != Tag.REPORT) {
            throw new IOException("not a report: tag=" + tag);
        }
    }

    @Override
    public void greet(SocketChannel channel) throws IOException {
        gateway.greet(channel);
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
        return gateway.ends(in);
    }
}
