package io.melin.gateway;

import io.melin.wire.BusyFrame;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A client that speaks frames by hand, over a blocking socket. */
final class RawClient implements Closeable {
    private static final int WAIT_MS = 20_000;

    /** Little, so that a peer that does not read is soon noticed. */
    private static final int RECEIVE_BYTES = 1 << 14;

    final Socket socket;
    private final DataInputStream in;

    /** A frame of the server. */
    record Frame(byte tag, ByteBuffer payload) {}

    /** How a request ended, and the payloads of the frames before. */
    record Answer(byte tag, long request, Code code, boolean isDuplicate, List<Long> reports) {
        boolean isEnd() {
            return tag == Tag.END;
        }
    }

    RawClient(InetSocketAddress address) throws IOException {
        this(new Socket(), address);
    }

    /**
     * @param unconnected of any kind
     */
    RawClient(Socket unconnected, InetSocketAddress address) throws IOException {
        socket = unconnected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(WAIT_MS);
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(address, WAIT_MS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 13));
    }

    /** A connection that was told READY, as a client of its own. */
    static RawClient ready(InetSocketAddress address, long client) throws IOException {
        return new RawClient(address).identified(client);
    }

    /** It was told READY, and says who it is. */
    RawClient identified(long client) throws IOException {
        RawClient raw = this;
        raw.ready();
        ByteBuffer frame = buffer(IdentifyFrame.FRAME_BYTES);
        IdentifyFrame.write(frame, client);
        raw.send(frame);
        if (raw.ready().client() != client) {
            throw new AssertionError("another client");
        }
        return raw;
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    ReadyFrame ready() throws IOException {
        Frame frame = next();
        while (frame.tag() == Tag.HEARTBEAT) {
            frame = next(); // a slow machine
        }
        if (frame.tag() != Tag.READY) {
            throw new AssertionError("not ready: tag=" + frame.tag());
        }
        return Objects.requireNonNull(ReadyFrame.read(frame.payload()));
    }

    static ByteBuffer request(long number, byte tag, byte[] payload) {
        ByteBuffer frame = buffer(RequestFrame.PAYLOAD + payload.length);
        RequestFrame.begin(frame, number, tag, payload.length).put(payload);
        return frame;
    }

    static ByteBuffer event(long number, long amount) {
        ByteBuffer frame = buffer(RequestFrame.PAYLOAD + Long.BYTES);
        RequestFrame.begin(frame, number, Tag.EVENT, Long.BYTES).putLong(amount);
        return frame;
    }

    void send(ByteBuffer frame) throws IOException {
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Frame next() throws IOException {
        byte[] head = new byte[Integer.BYTES];
        in.readFully(head);
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 1 || length > 1 << 20) {
            throw new AssertionError("no frame: length=" + length);
        }
        byte[] body = new byte[length];
        in.readFully(body);
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        return new Frame(bytes.get(), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The next terminator, heartbeats left out. */
    Answer answer() throws IOException {
        List<Long> reports = new ArrayList<>();
        while (true) {
            Frame frame = next();
            ByteBuffer payload = frame.payload();
            switch (frame.tag()) {
                case Tag.REPORT, Tag.HIGHEST_REQUEST -> reports.add(payload.getLong());
                case Tag.HEARTBEAT -> {}
                case Tag.END -> {
                    boolean again = payload.get(EndFrame.FLAGS) == EndFrame.DUPLICATE;
                    return new Answer(Tag.END, payload.getLong(), Code.REJECTED, again, reports);
                }
                case Tag.ERROR -> {
                    boolean again = payload.get(ErrorFrame.FLAGS) == EndFrame.DUPLICATE;
                    Code code = Objects.requireNonNull(Code.of(payload.get(ErrorFrame.CODE)));
                    return new Answer(Tag.ERROR, payload.getLong(), code, again, reports);
                }
                case Tag.BUSY -> {
                    Code code = Objects.requireNonNull(Code.of(payload.get(BusyFrame.CODE)));
                    return new Answer(Tag.BUSY, payload.getLong(), code, false, reports);
                }
                default -> throw new AssertionError("unexpected frame: tag=" + frame.tag());
            }
        }
    }

    /** The number of the next terminator, whatever comes before. */
    long answerOfAnyReports() throws IOException {
        Frame frame = next();
        while (frame.tag() != Tag.END && frame.tag() != Tag.ERROR && frame.tag() != Tag.BUSY) {
            frame = next();
        }
        return frame.payload().getLong();
    }

    /**
     * Reads what is left, to an end of whatever kind.
     *
     * @return how many requests were answered: the first so many, once each and in order
     */
    int answersInOrder() {
        int count = 0;
        try {
            while (true) {
                long number = answerOfAnyReports();
                if (number != count + 1) {
                    throw new AssertionError("out of order: " + number + " after " + count);
                }
                count++;
            }
        } catch (IOException e) {
            return count; // the server has closed, in the middle of a frame or not
        }
    }

    /** Closes without a word, also over TLS. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Whether the server has closed, orderly; waits for it. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    static String text(ByteBuffer errorPayload) {
        return StandardCharsets.UTF_8
                .decode(errorPayload.slice(ErrorFrame.TEXT, errorPayload.limit() - ErrorFrame.TEXT))
                .toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
