package io.melin.bench.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** How requests and answers look on one connection. Threading: that of the connection. */
public interface Dialect {

    /** Whatever comes before the first request; the channel blocks. */
    void greet(SocketChannel channel) throws IOException;

    /** Bytes of the largest request. */
    int requestBytes();

    /** Appends the next request at the position of a little-endian buffer. */
    void request(ByteBuffer out);

    /** Makes requests ahead, while those that were just sent are under way. */
    default void prepare() {
        // most requests are made as they are written
    }

    /**
     * Takes all whole answers of a little-endian buffer; the begin of one more may stay.
     *
     * @return how many
     * @throws IOException for an answer that is none of success
     */
    int answers(ByteBuffer in) throws IOException;
}
