package io.melin.client;

import io.melin.wire.Code;
import io.melin.wire.FrameAssembler;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the protocol over all its connections: bytes in, bytes out, and a clock.
 *
 * <p>S1: a call ends in success only by an END with its number, at its turn. S2: bytes that are no
 * answer end the connection, and nothing that a server sends is thrown out of here. S3: on one
 * connection no more is in flight than both sides allow. S4: something is sent at least each third
 * of the server's idle limit, as long as the peer reads.
 *
 * <p>Threading: the loop thread. {@link #step} is called after each wake-up and each read.
 */
public final class ClientSession<R> {
    private static final System.Logger LOG = System.getLogger(ClientSession.class.getName());
    private static final int HEARTBEATS_PER_IDLE = 3;
    private static final long MS = 1_000_000;
    private static final byte[] HEARTBEAT = heartbeat();

    private final ClientConfig config;
    private final Transport transport;
    private final ClientPorts ports;
    private final ClientShared<R> shared;
    private final Calls<R> calls;
    private final ServerTurn turn;
    private @Nullable Link link;
    private long dueNs;
    private long pausedUntilNs;
    private int refusals;

    ClientSession(
            ClientConfig config, ClientPorts ports, Transport transport, ClientShared<R> shared) {
        this.config = config;
        this.ports = ports;
        this.transport = transport;
        this.shared = shared;
        this.calls = new Calls<>(shared.exchange(), config.identity().client());
        this.turn = new ServerTurn(config.servers(), config.reconnect(), ports.random());
        this.dueNs = ports.time().tickerNs();
        this.pausedUntilNs = dueNs;
    }

    /** Whether the client was closed: then call {@link #end} and leave. */
    public boolean isClosing() {
        return shared.exchange().isClosing();
    }

    /**
     * Takes submits, keeps the times, sends.
     *
     * @return nanoseconds until it is due again, above 0
     */
    public long step() {
        calls.take();
        long nowNs = ports.time().tickerNs();
        long waitNs = calls.expire(nowNs, shared.board().detail());
        Link current = link;
        if (current == null) {
            waitNs = Math.min(waitNs, connectWhenDue(nowNs));
        } else if (!current.isOpen()) {
            waitNs = Math.min(waitNs, dueNs - nowNs);
            if (dueNs - nowNs <= 0) {
                lose("no answer to the log-in in time");
            }
        } else {
            waitNs = Math.min(waitNs, keep(current, nowNs));
        }
        shared.exchange().deliver();
        return Math.max(1, waitNs);
    }

    private long connectWhenDue(long nowNs) {
        long leftNs = dueNs - nowNs;
        if (leftNs > 0) {
            return leftNs;
        }
        dueNs = nowNs + config.timeouts().connect().toNanos();
        Handshake handshake = new Handshake(config.identity(), shared.numbers().isSynced());
        link = new Link(handshake, config.limits().answerBytesMax());
        shared.board().set(ClientState.CONNECTING);
        transport.connect(turn.current());
        return dueNs - nowNs;
    }

    /** The open connection: liveness, moving on, sending. */
    private long keep(Link current, long nowNs) {
        long idleNs = idleNs(current);
        long silentNs = nowNs - current.receivedNs;
        if (silentNs >= idleNs) {
            lose("the server was silent for " + silentNs / MS + " ms");
            return 1;
        }
        if (current.moveTo != null) {
            if (calls.inFlight() == 0 || nowNs - current.moveDeadlineNs >= 0) {
                move(current.moveTo);
                return 1;
            }
        } else {
            send(current, nowNs);
        }
        long waitNs = Math.min(idleNs - silentNs, beat(current, nowNs));
        if (current.moveTo != null) {
            return Math.min(waitNs, current.moveDeadlineNs - nowNs);
        }
        long pauseNs = pausedUntilNs - nowNs;
        return pauseNs > 0 && calls.next() != null ? Math.min(waitNs, pauseNs) : waitNs;
    }

    /** Sends a heartbeat when one is due; returns nanoseconds until the next (S4). */
    private long beat(Link current, long nowNs) {
        long pauseNs = current.handshake.ready().idleMs() * MS / HEARTBEATS_PER_IDLE;
        long leftNs = pauseNs - (nowNs - current.sentNs);
        if (leftNs > 0) {
            return leftNs;
        }
        if (transport.hasRoom()) {
            current.sentNs = nowNs;
            transport.write(HEARTBEAT);
            transport.flush();
        }
        return pauseNs;
    }

    private long idleNs(Link current) {
        return Math.max(
                config.timeouts().idle().toNanos(), current.handshake.ready().idleMs() * MS);
    }

    private void send(Link current, long nowNs) {
        if (nowNs - pausedUntilNs < 0) {
            return;
        }
        int window = Math.min(config.limits().window(), current.handshake.ready().window());
        boolean hasSent = false;
        Call<R> call = calls.next();
        while (call != null && calls.inFlight() < window && transport.hasRoom()) {
            if (!isSendable(current, call)) {
                calls.removeNext();
            } else if (calls.isInSpan(call.number())) {
                transport.write(call.frame);
                calls.sent(calls.removeNext());
                hasSent = true;
            } else {
                break;
            }
            call = calls.next();
        }
        if (hasSent) {
            current.sentNs = nowNs;
            transport.flush();
        }
    }

    /** Gives the call its number; false if it ended instead. */
    private boolean isSendable(Link current, Call<R> call) {
        int payloadBytes = call.frame.length - RequestFrame.PAYLOAD;
        int max = current.handshake.ready().payloadMax();
        if (payloadBytes > max) {
            calls.fail(call, calls.tooLarge(call, payloadBytes, max));
            return false;
        }
        boolean isNumbered = call.number() > 0 || call.assign(shared.numbers().take());
        if (!isNumbered) {
            calls.fail(call, CallExchange.closed()); // the caller left, nobody reads it
        }
        return isNumbered;
    }

    /** The connection is made. */
    public void onConnected() {
        Link current = link;
        if (current != null) {
            current.isConnected = true;
        }
    }

    /** Bytes from the server; all are taken. */
    public void onBytes(ByteBuffer bytes) {
        Link current = link;
        if (current == null) {
            return;
        }
        current.receivedNs = ports.time().tickerNs();
        current.frames.add(bytes);
        FrameAssembler.Verdict verdict = current.frames.peek();
        while (verdict == FrameAssembler.Verdict.FRAME && link == current) {
            onFrame(current, current.frames.body());
            current.frames.consume();
            verdict = current.frames.peek();
        }
        if (verdict == FrameAssembler.Verdict.INVALID && link == current) {
            lose("not a frame: length=" + current.frames.claimedLength());
        }
        shared.exchange().deliver();
    }

    /** The connection is gone, or never was. */
    public void onLost(String why) {
        if (link != null) {
            lose(why);
        }
    }

    private void onFrame(Link current, ByteBuffer body) {
        int start = body.position();
        byte tag = body.get();
        if (tag == Tag.HEARTBEAT) {
            if (body.hasRemaining()) {
                lose("a heartbeat with a payload");
            }
        } else if (!current.isOpen()) {
            greet(current, tag, body);
        } else if (isAnswer(tag)) {
            if (calls.oldest() == null) {
                lose("an answer without a request: tag=" + tag);
            } else {
                current.answer.add(body.position(start));
            }
        } else {
            Terminator end = Terminator.read(tag, body);
            if (end == null) {
                lose("not a frame: tag=" + tag + ", bytes=" + body.remaining());
            } else {
                onTerminator(current, end);
            }
        }
    }

    private static boolean isAnswer(byte tag) {
        return tag >= Tag.RESPONSE_FIRST && tag <= Tag.RESPONSE_LAST && tag != Tag.HIGHEST_REQUEST;
    }

    private void greet(Link current, byte tag, ByteBuffer payload) {
        byte[] answer = current.handshake.onFrame(tag, payload);
        if (answer != null) {
            transport.write(answer);
            transport.flush();
        }
        switch (current.handshake.phase()) {
            case FAILED -> lose(current.handshake.detail());
            case MOVED -> move(current.handshake.detail());
            case DONE -> open(current);
            case HELLO, SIGNED, IDENTIFIED, SYNCING -> {}
        }
    }

    private void open(Link current) {
        if (current.handshake.highest() >= 0) {
            shared.numbers().sync(current.handshake.highest());
        }
        current.frames.limit(config.limits().frameBytesMax());
        current.openedNs = current.receivedNs;
        current.sentNs = current.receivedNs;
        shared.board().set(ClientState.READY, "connected to " + turn.current());
        LOG.log(Level.DEBUG, "client ready: server={0}", turn.current());
    }

    private void onTerminator(Link current, Terminator end) {
        if (end.request() == 0) {
            onConnectionEnd(end);
            return;
        }
        Call<R> call = calls.oldest();
        if (call == null || call.number() != end.request()) {
            lose("an answer out of turn: request=" + end.request());
            return;
        }
        if (end.code() != null && end.code().endsConnection()) {
            lose("a request was ended with a code of connections: " + end);
            return;
        }
        calls.answered();
        boolean isOver = current.answer.isOver();
        byte[] frames = current.answer.take();
        if (Answers.isMove(end.code()) && current.moveTo == null && turn.canMove(end.text())) {
            current.moveTo = end.text();
            current.moveDeadlineNs = current.receivedNs + config.timeouts().connect().toNanos();
        }
        if (!Answers.isMove(end.code())) {
            turn.served();
        }
        if (end.isEnd() && isOver) {
            calls.fail(call, Answers.overLimit(end, config.limits().answerBytesMax()));
        } else {
            finish(call, end, frames);
        }
    }

    private void finish(Call<R> call, Terminator end, byte[] frames) {
        Answers.Verdict verdict =
                Answers.verdict(end, call.mayBeApplied(), config.retriesRefusals());
        if (verdict == Answers.Verdict.AGAIN) {
            call.refusal = Answers.refusal(end);
            calls.retry(call);
            if (link == null || link.moveTo == null) {
                pause();
            }
            return;
        }
        refusals = 0;
        switch (verdict) {
            case RESULT ->
                    calls.finish(
                            call,
                            new Outcome.Answered(
                                    end.sequence(), end.timeNs(), end.isDuplicate(), frames));
            case REJECTED -> calls.fail(call, Answers.rejected(end));
            case REFUSED -> calls.fail(call, Answers.refused(Answers.refusal(end), end.text()));
            case UNKNOWN -> calls.fail(call, calls.unknown(call, end.toString(), null));
            case FAILED, AGAIN -> calls.fail(call, Answers.failed(end));
        }
    }

    /** Sending rests after a refusal that is repeated; one pause for all that one round refuses. */
    private void pause() {
        long nowNs = ports.time().tickerNs();
        if (nowNs - pausedUntilNs >= 0) {
            pausedUntilNs = nowNs + turn.pauseNs(refusals++);
        }
    }

    private void onConnectionEnd(Terminator end) {
        if (end.code() == null || !end.code().endsConnection()) {
            lose("an answer to request 0: " + end);
        } else if (end.code() == Code.SUPERSEDED) {
            shared.numbers().desync();
            lost("another client of this identity connected: " + end, turn.superseded());
        } else {
            lose("the server ended the connection: " + end);
        }
    }

    private void lose(String why) {
        Link current = link;
        long maxNs = config.reconnect().max().toNanos();
        if (current != null
                && current.isOpen()
                && ports.time().tickerNs() - current.openedNs >= maxNs) {
            turn.served();
        }
        ServerAddress server = turn.current();
        lost(server + ": " + why, turn.failed());
    }

    private void move(String text) {
        lost(turn.current() + " is not the primary: " + text, turn.moved(text));
    }

    /** The one way out of a connection. */
    private void lost(String why, long pauseNs) {
        boolean isNews = link != null && link.isOpen() || turn.isFirstFailure();
        link = null;
        transport.disconnect();
        calls.lost("connection lost: " + why);
        dueNs = ports.time().tickerNs() + pauseNs;
        shared.board().set(ClientState.WAITING, why);
        Level level = isNews ? Level.WARNING : Level.DEBUG;
        LOG.log(level, "connection lost: {0}; next in {1} ms", why, pauseNs / MS);
    }

    /** The last call: everything in flight ends. */
    public void end(String why) {
        link = null;
        shared.board().set(ClientState.CLOSED, why);
        transport.disconnect();
        try {
            calls.close(why);
        } finally {
            shared.exchange().end();
        }
    }

    private static byte[] heartbeat() {
        ByteBuffer frame = ByteBuffer.allocate(RequestFrame.PAYLOAD).order(ByteOrder.LITTLE_ENDIAN);
        return RequestFrame.begin(frame, 0, Tag.HEARTBEAT, 0).array();
    }
}
