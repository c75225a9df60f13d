package io.melin.gateway;

import io.melin.app.Codec;
import io.melin.app.Consistency;
import io.melin.app.Refusal;
import io.melin.event.IdScheme;
import io.melin.gateway.Session.Refused;
import io.melin.pipeline.Admitter;
import io.melin.pipeline.Doors;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.Request;
import io.melin.wire.Code;
import io.melin.wire.RequestFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one session after another and takes their requests into the one order.
 *
 * <p>G5: a frame is consumed only when its request was taken, or its refusal was sent; a request
 * that finds no room waits at the head, and all later ones behind it. Threading: the ingress.
 */
final class Intake implements RequestSink {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    /** Frames of one session before the others have their turn. */
    private static final int TURN_FRAMES = 64;

    /**
     * @param door number of the door
     * @param behindBytes of unread answers beyond which a session's requests wait
     * @param overloadNs how long a request waits for room before it is refused
     */
    record Config(int door, int payloadBytesMax, int window, long behindBytes, long overloadNs) {}

    record Ports(
            Protocol protocol,
            Codec<?> events,
            PendingQueries queries,
            Login login,
            Controls controls,
            Sender sender,
            PipelineMeters meters) {}

    private final Config config;
    private final Ports ports;
    private final Protocol protocol;
    private final Codec<?> events;
    private final Request request = new Request();
    private final ByteBuffer scratch;
    private @Nullable ByteBuffer event;
    private @Nullable GatewayQuery query;
    private long thrown;

    Intake(Config config, Ports ports) {
        this.config = config;
        this.ports = ports;
        this.protocol = ports.protocol().fresh();
        this.events = ports.events().fresh();
        this.scratch = ByteBuffer.allocate(config.payloadBytesMax()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @return frames done, at most a turn's worth
     */
    int serve(Session session, Admitter admitter) {
        int done = 0;
        while (done < TURN_FRAMES && step(session, admitter)) {
            done++;
        }
        return done;
    }

    private boolean step(Session session, Admitter admitter) {
        Refused due = session.refused();
        if (due != null && !session.is(Session.State.CLOSED)) {
            return sendRefusal(session, due);
        }
        if (!session.is(Session.State.READY) && !session.is(Session.State.AUTHENTICATING)) {
            return false;
        }
        return switch (session.inbound.peek()) {
            case INCOMPLETE -> {
                session.pace.blockedNs = 0;
                yield false;
            }
            case INVALID -> {
                String length = Integer.toUnsignedString(session.inbound.claimedLength());
                ports.login().violated(session, "a frame of this length is not taken: " + length);
                yield true;
            }
            case FRAME -> frame(session, admitter);
        };
    }

    /**
     * Every earlier answer was handed over, and has left before this (G1, G2): so a peer that does
     * not read has one refusal waiting at most, whatever it sends (G7).
     */
    private boolean sendRefusal(Session session, Refused due) {
        if (session.outstanding() > 0) {
            return false;
        }
        ports.sender().drain();
        if (session.socket.pending() > 0) {
            return false;
        }
        ports.controls().refused(session.socket, due);
        session.refusalSent();
        if (due.code().endsConnection()) {
            session.finish();
            return false;
        }
        session.inbound.consume();
        return true;
    }

    private boolean frame(Session session, Admitter admitter) {
        ByteBuffer body = session.inbound.body();
        if (body.remaining() < RequestFrame.BODY_BYTES_MIN) {
            ports.login().violated(session, "a frame is shorter than a request's header");
            return true;
        }
        long number = body.getLong();
        byte tag = body.get();
        if (tag == Tag.HEARTBEAT) {
            session.inbound.consume();
            return true;
        }
        if (session.is(Session.State.AUTHENTICATING) || tag == Tag.IDENTIFY) {
            return ports.login().frame(session, tag, body);
        }
        if (session.outstanding() >= config.window() || isBehind(session)) {
            return false;
        }
        request.from(Doors.connection(config.door(), session.id), number, session.pace.receivedNs);
        return settle(session, number, admit(session, admitter, number, tag));
    }

    /** Whoever reads slowly is asked to wait long before it must be dropped. */
    private boolean isBehind(Session session) {
        long pending = session.socket.pending();
        return pending > 0
                && pending > Math.min(config.behindBytes(), ports.sender().freeBytes() / 4);
    }

    private boolean settle(Session session, long number, @Nullable Code refusal) {
        if (refusal == null) {
            session.inbound.consume();
            return true;
        }
        if (refusal == Code.OVERLOADED && !isOverdue(session)) {
            return false;
        }
        Refusal counted = refusal.refusal();
        if (counted != null) {
            ports.meters().countRefusal(counted);
        }
        session.refuse(new Refused(number, refusal, text(refusal)));
        return true;
    }

    private boolean isOverdue(Session session) {
        long nowNs = ports.sender().nowNs();
        if (session.pace.blockedNs == 0) {
            session.pace.blockedNs = nowNs;
        }
        return nowNs - session.pace.blockedNs >= config.overloadNs();
    }

    /** Null when there is nothing to refuse. */
    private @Nullable Code admit(Session session, Admitter admitter, long number, byte tag) {
        ByteBuffer payload = session.inbound.body();
        payload.position(payload.position() + RequestFrame.BODY_BYTES_MIN);
        if (tag == Tag.QUERY_HIGHEST_REQUEST) {
            query = null;
            return ask(session, admitter, number);
        }
        if (!Tag.isOfApplication(tag)) {
            return Code.UNKNOWN_TAG;
        }
        if (!isPermitted(session.identity().role(), tag)) {
            return Code.FORBIDDEN;
        }
        return switch (decode(tag, payload)) {
            case EVENT -> submit(session, admitter, number);
            case QUERY -> ask(session, admitter, number);
            case IGNORED -> null;
            case MALFORMED -> Code.MALFORMED;
            case UNKNOWN_TAG -> Code.UNKNOWN_TAG;
        };
    }

    private boolean isPermitted(Role role, byte tag) {
        try {
            return protocol.permits(role, tag);
        } catch (RuntimeException e) {
            report(e);
            return false;
        }
    }

    /** A protocol or codec that throws has met bytes that are no request; the node goes on. */
    private Protocol.Decoded decode(byte tag, ByteBuffer payload) {
        event = null;
        query = null;
        try {
            Protocol.Decoded decoded = protocol.decode(tag, payload, this);
            return isGiven(decoded) ? decoded : Protocol.Decoded.MALFORMED;
        } catch (RuntimeException e) {
            report(e);
            return Protocol.Decoded.MALFORMED;
        }
    }

    private boolean isGiven(Protocol.Decoded decoded) {
        return switch (decoded) {
            case EVENT -> isValid();
            case QUERY -> {
                if (query == null) {
                    throw new IllegalStateException("the protocol said QUERY and gave none");
                }
                yield true;
            }
            case IGNORED, MALFORMED, UNKNOWN_TAG -> true;
        };
    }

    /** Ever more seldom: a peer that found the way here must not fill the log. */
    private void report(RuntimeException e) {
        if (Long.bitCount(++thrown) == 1) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a decoder is not total, the request is refused: times=" + thrown,
                    e);
        }
    }

    private boolean isValid() {
        ByteBuffer bytes = given();
        int position = bytes.position();
        int limit = bytes.limit();
        boolean isValid = limit - position > config.payloadBytesMax() || events.isValid(bytes);
        bytes.limit(limit).position(position);
        return isValid;
    }

    private ByteBuffer given() {
        ByteBuffer bytes = event;
        if (bytes == null) {
            throw new IllegalStateException("the protocol said EVENT and gave none");
        }
        return bytes;
    }

    private @Nullable Code submit(Session session, Admitter admitter, long number) {
        long client = session.identity().client();
        if (client != 0 && number != 0) {
            request.id(PendingQuery.CLIENT_SCHEME, client, number);
        } else {
            request.id(IdScheme.NONE, 0, 0);
        }
        Refusal refusal = admitter.submit(request, given());
        return taken(session, refusal);
    }

    private @Nullable Code ask(Session session, Admitter admitter, long number) {
        PendingQuery pending = ports.queries().peek();
        if (pending == null) {
            return Code.OVERLOADED;
        }
        pending.ask(number, session.identity().client(), query);
        request.from(request.connection(), pending.index, request.receivedNs());
        Refusal refusal = admitter.query(request, Consistency.DURABLE);
        if (refusal == null) {
            ports.queries().take();
        }
        return taken(session, refusal);
    }

    private @Nullable Code taken(Session session, @Nullable Refusal refusal) {
        if (refusal != null) {
            return Code.of(refusal);
        }
        session.take();
        ports.sender().countTaken();
        return null;
    }

    private static String text(Code code) {
        return switch (code) {
            case TOO_LARGE -> "the event is over the payload limit";
            case MALFORMED -> "the payload is no request of this tag";
            case FORBIDDEN -> "the key's role does not allow this request";
            case UNKNOWN_TAG -> "no request has this tag";
            case NOT_PRIMARY, FENCED -> "another node takes the requests";
            default -> "";
        };
    }

    @Override
    public Protocol.Decoded event(ByteBuffer bytes) {
        event = bytes;
        return Protocol.Decoded.EVENT;
    }

    @Override
    public Protocol.Decoded query(GatewayQuery asked) {
        query = asked;
        return Protocol.Decoded.QUERY;
    }

    @Override
    public ByteBuffer scratch() {
        return scratch.clear();
    }
}
