package io.melin.client;

import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Ed25519;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of one connection, until requests are taken.
 *
 * <pre>
 * phase       frame            next        sends
 * HELLO       CHALLENGE        SIGNED      CHALLENGE_RESPONSE (a key)
 * HELLO       READY            ready       (nobody)
 * HELLO       READY            IDENTIFIED  IDENTIFY (a number)
 * SIGNED      READY            ready
 * IDENTIFIED  READY            ready
 * ready                        DONE        if the numbers are known
 * ready                        SYNCING     QUERY_HIGHEST_REQUEST
 * SYNCING     HIGHEST_REQUEST  SYNCING
 * SYNCING     END              DONE
 * </pre>
 *
 * <p>H1: anything else ends the connection. H2: nothing is signed for a server of another name, and
 * a client with a key speaks to no server that does not ask for it. Threading: the loop thread.
 */
final class Handshake {
    /** The number of the question for the highest number; a question uses none up. */
    static final long SYNC_REQUEST = 1;

    private static final SecureRandom NONCES = new SecureRandom();
    private static final long UNKNOWN = -1;

    enum Phase {
        HELLO,
        SIGNED,
        IDENTIFIED,
        SYNCING,
        DONE,
        /** The connection is of no use; {@link #detail} says why. */
        FAILED,
        /** Another node takes the writes; {@link #detail} says which. */
        MOVED
    }

    private final ClientIdentity identity;
    private final boolean isSynced;
    private Phase phase = Phase.HELLO;
    private String detail = "";
    private @Nullable ReadyFrame ready;
    private long highest = UNKNOWN;

    /**
     * @param isSynced whether the numbers are known already
     */
    Handshake(ClientIdentity identity, boolean isSynced) {
        this.identity = identity;
        this.isSynced = isSynced || identity.client() == 0;
    }

    Phase phase() {
        return phase;
    }

    String detail() {
        return detail;
    }

    /** What the server said when it was ready. */
    ReadyFrame ready() {
        ReadyFrame frame = ready;
        if (frame == null) {
            throw new AssertionError("no READY yet: phase=" + phase);
        }
        return frame;
    }

    /** The server's highest number, or -1 if it was not asked. */
    long highest() {
        return highest;
    }

    /**
     * Takes a frame that is no heartbeat.
     *
     * @return the frame to send now, or null
     */
    byte @Nullable [] onFrame(byte tag, ByteBuffer payload) {
        Terminator end = Terminator.read(tag, payload);
        if (end != null) {
            onTerminator(end);
            return null;
        }
        return switch (tag) {
            case Tag.CHALLENGE -> onChallenge(payload);
            case Tag.READY -> onReady(payload);
            case Tag.HIGHEST_REQUEST -> onHighest(payload);
            case Tag.AUTHENTICATION_FAILED ->
                    fail("authentication failed: the server does not know the key, or not so");
            default -> fail("not a frame to begin with: tag=" + tag + ", phase=" + phase);
        };
    }

    private byte @Nullable [] onChallenge(ByteBuffer payload) {
        ChallengeFrame challenge = ChallengeFrame.read(payload);
        if (challenge == null || challenge.version() != Transcript.VERSION) {
            return fail("the challenge is of another version, or none");
        }
        if (phase != Phase.HELLO) {
            return fail("a challenge out of turn: phase=" + phase);
        }
        if (!(identity instanceof ClientIdentity.Key key)) {
            return fail("the server authenticates: give the client a key");
        }
        String wanted = key.serverName();
        if (wanted != null && !wanted.equals(challenge.server())) {
            return fail(
                    "another server: wanted name=" + wanted + ", found name=" + challenge.server());
        }
        phase = Phase.SIGNED;
        return signed(key, challenge);
    }

    private static byte[] signed(ClientIdentity.Key key, ChallengeFrame challenge) {
        Ed25519.SigningKey signingKey = key.key();
        byte[] nonce = new byte[Transcript.NONCE_BYTES];
        NONCES.nextBytes(nonce);
        byte[] publicKey = signingKey.publicKey();
        byte[] signature = signingKey.sign(Transcript.of(challenge, nonce, publicKey, key.lane()));
        ByteBuffer frame = allocate(ChallengeResponseFrame.FRAME_BYTES);
        new ChallengeResponseFrame(signature, publicKey, nonce, Transcript.VERSION, key.lane())
                .write(frame);
        return frame.array();
    }

    private byte @Nullable [] onReady(ByteBuffer payload) {
        ReadyFrame frame = ReadyFrame.read(payload);
        if (frame == null) {
            return fail("READY is of another version, or none");
        }
        boolean isFirst = phase == Phase.HELLO;
        if (isFirst && identity instanceof ClientIdentity.Key) {
            return fail("the server does not authenticate: give the client a number, not a key");
        }
        if (isFirst && identity.client() != 0) {
            phase = Phase.IDENTIFIED;
            ByteBuffer identify = allocate(IdentifyFrame.FRAME_BYTES);
            IdentifyFrame.write(identify, identity.client());
            return identify.array();
        }
        if (!isFirst && phase != Phase.SIGNED && phase != Phase.IDENTIFIED) {
            return fail("READY out of turn: phase=" + phase);
        }
        if (frame.client() != identity.client()) {
            return fail(
                    "the server takes us for another: client="
                            + identity.client()
                            + ", taken for="
                            + frame.client());
        }
        ready = frame;
        phase = isSynced ? Phase.DONE : Phase.SYNCING;
        return isSynced ? null : query();
    }

    private static byte[] query() {
        ByteBuffer query = allocate(RequestFrame.PAYLOAD);
        RequestFrame.begin(query, SYNC_REQUEST, Tag.QUERY_HIGHEST_REQUEST, 0);
        return query.array();
    }

    private byte @Nullable [] onHighest(ByteBuffer payload) {
        if (phase != Phase.SYNCING || highest != UNKNOWN || payload.remaining() != Long.BYTES) {
            return fail("a highest request number out of turn: phase=" + phase);
        }
        highest = payload.getLong(payload.position());
        return highest < 0 || highest == Long.MAX_VALUE
                ? fail("the highest request number is none: highest=" + highest)
                : null;
    }

    private void onTerminator(Terminator end) {
        if (end.request() == 0) {
            fail("the server ended the connection: " + end);
        } else if (phase != Phase.SYNCING || end.request() != SYNC_REQUEST) {
            fail("an answer without a request: request=" + end.request() + ", " + end);
        } else if (end.isEnd()) {
            if (highest == UNKNOWN) {
                fail("no highest request number before its END");
            } else {
                phase = Phase.DONE;
            }
        } else if (Answers.isMove(end.code())) {
            detail = end.text();
            phase = Phase.MOVED;
        } else {
            fail("the highest request number was refused: " + end);
        }
    }

    private byte @Nullable [] fail(String why) {
        detail = why;
        phase = Phase.FAILED;
        return null;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
