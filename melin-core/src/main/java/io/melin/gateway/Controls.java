package io.melin.gateway;

import io.melin.gateway.Session.Refused;
import io.melin.wire.BusyFrame;
import io.melin.wire.ChallengeFrame;
import io.melin.wire.Code;
import io.melin.wire.ErrorFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Sends the frames that are no answers of the application. Threading: the ingress thread. */
final class Controls {
    /** Holds the largest frame of this kind. */
    static final int CHUNK_BYTES = 2_048;

    private final ChunkPool pool;

    Controls(ChunkPool pool) {
        this.pool = pool;
    }

    void challenge(Connection socket, ChallengeFrame challenge) {
        send(socket, challenge::write);
    }

    void ready(Connection socket, ReadyFrame ready) {
        send(socket, ready::write);
    }

    void heartbeat(Connection socket) {
        send(socket, out -> ResponseFrame.begin(out, Tag.HEARTBEAT, 0));
    }

    void authenticationFailed(Connection socket) {
        send(socket, out -> ResponseFrame.begin(out, Tag.AUTHENTICATION_FAILED, 1).put((byte) 0));
    }

    /** A refusal that is worth another try, or an error. */
    void refused(Connection socket, Refused refused) {
        if (refused.code().isBusy() || refused.code() == Code.CONNECTIONS) {
            send(socket, out -> BusyFrame.write(out, refused.request(), refused.code()));
            return;
        }
        byte[] text = ErrorFrame.text(refused.text());
        send(
                socket,
                out ->
                        ErrorFrame.begin(out, refused.request(), refused.code(), text.length)
                                .put(text));
    }

    /** A peer for whose last word there is no memory is not told. */
    private void send(Connection socket, Consumer<ByteBuffer> frame) {
        Chunk chunk = pool.take();
        if (chunk == null) {
            socket.close();
            return;
        }
        frame.accept(chunk.bytes());
        socket.send(chunk);
        socket.flush();
    }
}
