package io.melin.spring.boot.autoconfigure;

import static java.util.Objects.requireNonNull;

import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Ed25519.SigningKey;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client of the gateway that speaks frames by hand, over a blocking socket. */
public final class FrameClient implements Closeable {
    private static final int WAIT_MS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    /** A frame of the server. */
    public record Frame(byte tag, ByteBuffer payload) {}

    /** How a request ended, and the payloads of the reports before. */
    public record Answer(byte tag, List<byte[]> reports) {
        public boolean isEnd() {
            return tag == Tag.END;
        }
    }

    private FrameClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(WAIT_MS);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    public static FrameClient plain(int port) throws IOException {
        return new FrameClient(connected(port));
    }

    /** Over TLS, after the handshake. */
    public static FrameClient secured(int port, SSLContext tls) throws IOException {
        SSLSocket secured =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(connected(port), "localhost", port, true);
        secured.startHandshake();
        return new FrameClient(secured);
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAIT_MS);
        return socket;
    }

    public Socket socket() {
        return socket;
    }

    public ReadyFrame ready() throws IOException {
        return requireNonNull(ReadyFrame.read(next(Tag.READY).payload()));
    }

    /** The request to sign, signed; the answer is still to be read. */
    public ChallengeFrame sign(SigningKey key) throws IOException {
        ChallengeFrame asked = requireNonNull(ChallengeFrame.read(next(Tag.CHALLENGE).payload()));
        byte[] nonce = new byte[Transcript.NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] signature = key.sign(Transcript.of(asked, nonce, key.publicKey(), 0));
        ByteBuffer frame = buffer(ChallengeResponseFrame.FRAME_BYTES);
        new ChallengeResponseFrame(signature, key.publicKey(), nonce, Transcript.VERSION, 0)
                .write(frame);
        send(frame);
        return asked;
    }

    /** Says who it is, where nobody checks. */
    public ReadyFrame identify(long client) throws IOException {
        ByteBuffer frame = buffer(IdentifyFrame.FRAME_BYTES);
        IdentifyFrame.write(frame, client);
        send(frame);
        return ready();
    }

    /** Sends one request and reads until its end. */
    public Answer request(long number, byte[] payload) throws IOException {
        ByteBuffer frame = buffer(RequestFrame.PAYLOAD + payload.length);
        RequestFrame.begin(frame, number, Tag.EVENT, payload.length).put(payload);
        send(frame);
        List<byte[]> reports = new ArrayList<>();
        Frame answer = next(null);
        while (answer.tag() == Tag.REPORT || answer.tag() == Tag.HEARTBEAT) {
            if (answer.tag() == Tag.REPORT) {
                byte[] report = new byte[answer.payload().remaining()];
                answer.payload().get(report);
                reports.add(report);
            }
            answer = next(null);
        }
        return new Answer(answer.tag(), reports);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void send(ByteBuffer frame) throws IOException {
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    /**
     * The next frame.
     *
     * @param tag that it must have; null for any
     */
    public Frame next(@Nullable Byte tag) throws IOException {
        byte[] head = new byte[Integer.BYTES];
        in.readFully(head);
        byte[] body = new byte[ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt()];
        in.readFully(body);
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        Frame frame = new Frame(bytes.get(), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        if (tag != null && frame.tag() != tag) {
            throw new AssertionError("tag=" + frame.tag() + ", expected=" + tag);
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
