package io.melin.sample.exchange.load;

import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Ed25519.SigningKey;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is said on a new connection before the first request.
 *
 * <pre>
 * server READY, client IDENTIFY        or   server CHALLENGE, client CHALLENGE_RESPONSE
 * server READY
 * client: highest number?  server: n, END   only once, and only for an identity that was used
 * </pre>
 */
final class Greeting {
    /** Bytes of the largest frame that it writes. */
    static final int FRAME_BYTES_MAX = ChallengeResponseFrame.FRAME_BYTES;

    private enum Step {
        HELLO,
        INTRODUCED,
        COUNTING,
        DONE
    }

    private final Identity identity;
    private final int connection;
    private Step step = Step.HELLO;
    private boolean isCounted;
    private long highest;
    private int idleMs = Integer.MAX_VALUE;
    private String fault = "";

    /** One that has nothing to say, for a server that does not either, is {@code skip}ped. */
    Greeting(Identity identity, int connection) {
        this.identity = identity;
        this.connection = connection;
        isCounted = !identity.isUsed();
    }

    void skip() {
        step = Step.DONE;
    }

    void restart() {
        step = Step.HELLO;
    }

    boolean isDone() {
        return step == Step.DONE;
    }

    /** The highest request number that this client used before. */
    long highest() {
        return highest;
    }

    /** A server closes a connection that is silent for so long. */
    int idleMs() {
        return idleMs;
    }

    String fault() {
        return fault;
    }

    /**
     * Takes a frame.
     *
     * @param body tag and payload
     * @param control takes what is to be said
     * @return OPEN, LOST, WRONG, or ANSWERED if nothing is left to be said
     */
    Outcome take(ByteBuffer body, ByteBuffer control) {
        byte tag = body.get();
        return switch (tag) {
            case Tag.HEARTBEAT -> Outcome.OPEN;
            case Tag.READY -> ready(ReadyFrame.read(body), control);
            case Tag.CHALLENGE -> challenge(ChallengeFrame.read(body), control);
            case Tag.HIGHEST_REQUEST -> highest(body);
            case Tag.END -> counted();
            case Tag.BUSY -> busy(control);
            case Tag.AUTHENTICATION_FAILED -> wrong("the server does not let this key in");
            default -> wrong("a frame that does not belong here: tag=" + tag);
        };
    }

    private Outcome ready(@Nullable ReadyFrame ready, ByteBuffer control) {
        if (ready == null) {
            return wrong("READY cannot be read, or is of another version");
        }
        idleMs = ready.idleMs();
        if (step == Step.HELLO && identity.key() == null) {
            IdentifyFrame.write(control, identity.client(connection));
            step = Step.INTRODUCED;
            return Outcome.OPEN;
        }
        if (step == Step.COUNTING) {
            return wrong("READY once more");
        }
        if (!isCounted) {
            step = Step.COUNTING;
            return count(control);
        }
        step = Step.DONE;
        return Outcome.ANSWERED;
    }

    private Outcome challenge(@Nullable ChallengeFrame challenge, ByteBuffer control) {
        SigningKey key = identity.key();
        if (challenge == null || step != Step.HELLO) {
            return wrong("CHALLENGE cannot be read, or comes too late");
        }
        if (key == null) {
            return wrong("the server asks for a key: give one with --key FILE");
        }
        byte[] nonce = new byte[Transcript.NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] publicKey = key.publicKey();
        byte[] signature = key.sign(Transcript.of(challenge, nonce, publicKey, connection));
        new ChallengeResponseFrame(signature, publicKey, nonce, Transcript.VERSION, connection)
                .write(control);
        step = Step.INTRODUCED;
        return Outcome.OPEN;
    }

    private Outcome highest(ByteBuffer payload) {
        if (step != Step.COUNTING || payload.remaining() != Long.BYTES) {
            return wrong("a highest number that was not asked for");
        }
        highest = payload.getLong();
        isCounted = true;
        return Outcome.OPEN;
    }

    private Outcome counted() {
        if (step != Step.COUNTING || !isCounted) {
            return wrong("END of nothing");
        }
        step = Step.DONE;
        return Outcome.ANSWERED;
    }

    private Outcome busy(ByteBuffer control) {
        if (step == Step.COUNTING && !isCounted) {
            return count(control);
        }
        fault = "the server takes no more connections";
        return Outcome.LOST;
    }

    private static Outcome count(ByteBuffer control) {
        RequestFrame.begin(control, 0, Tag.QUERY_HIGHEST_REQUEST, 0);
        return Outcome.OPEN;
    }

    private Outcome wrong(String what) {
        fault = what;
        return Outcome.WRONG;
    }
}
