package io.melin.gateway;

import io.melin.wire.ChallengeFrame;
import io.melin.wire.Code;
import io.melin.wire.FrameAssembler;
import io.melin.wire.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection and where it stands.
 *
 * <pre>
 * from            to
 * AUTHENTICATING  VERIFYING, READY (authentication is off), CLOSING, CLOSED
 * VERIFYING       READY, CLOSING, CLOSED
 * READY           CLOSING, CLOSED
 * CLOSING         CLOSED
 * </pre>
 *
 * <p>G2: a refusal is sent only when every earlier request is answered, and nothing is admitted
 * before it is sent: so answers keep the order of the requests. Threading: the ingress thread, but
 * for {@link #egress}.
 */
final class Session implements Transport.Receiver {
    enum State {
        /** Nobody knows who it is. */
        AUTHENTICATING,
        /** Its signature is being checked. */
        VERIFYING,
        READY,
        /** Its last frame is due, or sent; nothing more is read. */
        CLOSING,
        CLOSED
    }

    /** What is known of it. */
    sealed interface Standing permits Challenged, Identity {}

    /** It was asked to sign this. */
    record Challenged(ChallengeFrame challenge) implements Standing {}

    /** Who it is. */
    record Identity(Role role, long client, byte @Nullable [] publicKey) implements Standing {}

    /** What answers a request that was not taken, or ends the connection. */
    record Refused(long request, Code code, String text) {}

    /** When what happened, in ticker nanoseconds, 0 for never; and whether it has a turn. */
    static final class Pace {
        long openedNs;
        long receivedNs;
        long sentNs;
        long blockedNs;
        long closingNs;
        long progressNs;
        long progress;
        boolean isQueued;

        /** Its bytes are left to the peer's own buffers: it cannot be heard. */
        boolean isHeld;

        /** What was sent last ends in the middle of a frame. */
        boolean isMidFrame;
    }

    final long id;
    final Connection socket;
    final FrameAssembler inbound;
    final Egress egress = new Egress();
    final Pace pace = new Pace();
    private final Sessions home;
    private State state = State.AUTHENTICATING;
    private @Nullable Standing standing;
    private @Nullable Refused refused;
    private long taken;

    Session(long id, Connection socket, Sessions home, int bodyBytesMax) {
        this.id = id;
        this.socket = socket;
        this.home = home;
        this.inbound = new FrameAssembler(bodyBytesMax, home.memory());
    }

    @Override
    public void received(ByteBuffer bytes) {
        pace.receivedNs = home.nowNs();
        home.countReceived(bytes.remaining());
        if (state == State.CLOSING) {
            bytes.position(bytes.limit());
            return;
        }
        inbound.add(bytes);
        home.wake(this);
    }

    @Override
    public void closed() {
        enter(State.CLOSED);
        inbound.clear();
        egress.close();
        home.closed(this);
    }

    State state() {
        return state;
    }

    boolean is(State other) {
        return state == other;
    }

    private void enter(State next) {
        if (next.ordinal() <= state.ordinal()) {
            throw new IllegalStateException("session went back: from=" + state + ", to=" + next);
        }
        state = next;
    }

    void challenged(ChallengeFrame challenge) {
        standing = new Challenged(challenge);
    }

    void verifying() {
        enter(State.VERIFYING);
    }

    void ready(Identity who) {
        if (state != State.READY) {
            enter(State.READY);
        }
        standing = who;
    }

    @Nullable Standing standing() {
        return standing;
    }

    /** Whose requests these are; only for a session that is ready. */
    Identity identity() {
        if (standing instanceof Identity who) {
            return who;
        }
        throw new IllegalStateException("session is not ready: state=" + state);
    }

    /** Whether it ever made a request that was taken. */
    boolean hasAsked() {
        return taken > 0;
    }

    /** A request went into the ring. */
    void take() {
        taken++;
        pace.blockedNs = 0;
    }

    /** Requests in the ring whose answers were not handed over. */
    int outstanding() {
        return (int) (taken - egress.answered());
    }

    /** The request at the head will be refused, in its turn (G2). */
    void refuse(Refused answer) {
        refused = answer;
    }

    /** The connection ends with this frame, in its turn. */
    void end(Code code, String text) {
        if (state.ordinal() < State.CLOSING.ordinal()) {
            enter(State.CLOSING);
            pace.closingNs = home.nowNs();
            refused = new Refused(0, code, text);
            inbound.clear();
            home.wake(this);
        }
    }

    /** The last frame is sent. */
    void finish() {
        if (state.ordinal() < State.CLOSING.ordinal()) {
            enter(State.CLOSING);
            pace.closingNs = home.nowNs();
            inbound.clear();
        }
        refused = null; // the frame that it would end is gone
        egress.close();
        socket.finish();
    }

    /** What is due once nothing is outstanding. */
    @Nullable Refused refused() {
        return refused;
    }

    void refusalSent() {
        refused = null;
    }
}
