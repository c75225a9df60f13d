package io.melin.gateway;

import io.melin.gateway.Session.Identity;
import io.melin.stage.Wakeup;
import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Code;
import io.melin.wire.Ed25519;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a session is.
 *
 * <p>G6: nothing of a session is admitted before it is known, and signatures are checked off the
 * ingress thread, so many at once and no more. Threading: the ingress thread.
 */
final class Login {
    /** Largest body of a frame before the session is known. */
    static final int BODY_BYTES_MAX = 256;

    private static final int CHECKS_MAX = 256;

    /** What a session is told once it is known. */
    record Config(String server, int payloadBytesMax, int window, int idleMs) {}

    record Ports(
            Sessions sessions,
            Controls controls,
            @Nullable AuthorizedKeys keys,
            BackgroundStage background,
            GatewayMeters meters) {}

    private final Config config;
    private final Ports ports;
    private final SecureRandom random = new SecureRandom();
    private final MpscVarHandleArrayQueue<Checked> checked =
            new MpscVarHandleArrayQueue<>(CHECKS_MAX);
    private volatile Wakeup ingress = Wakeup.NONE;
    private int checking;

    /** A signature that was checked; nobody if it is not good. */
    private record Checked(Session session, @Nullable Identity who) {}

    Login(Config config, Ports ports) {
        this.config = config;
        this.ports = ports;
    }

    void wire(Wakeup wakeup) {
        ingress = wakeup;
    }

    /** The server speaks first. */
    void greet(Session session) {
        if (ports.keys() == null) {
            admit(session, new Identity(Role.UNRESTRICTED, 0, null));
            return;
        }
        byte[] nonce = new byte[Transcript.NONCE_BYTES];
        random.nextBytes(nonce);
        ChallengeFrame challenge = new ChallengeFrame(nonce, Transcript.VERSION, config.server());
        session.challenged(challenge);
        ports.controls().challenge(session.socket, challenge);
    }

    /**
     * A frame of a session that is not known, or one that says who it is.
     *
     * @param payload what follows the tag
     * @return false when it has to wait
     */
    boolean frame(Session session, byte tag, ByteBuffer payload) {
        if (tag == Tag.IDENTIFY) {
            return identify(session, IdentifyFrame.client(payload));
        }
        if (tag != Tag.CHALLENGE_RESPONSE
                || !(session.standing() instanceof Session.Challenged asked)) {
            violated(session, "sign the challenge first");
            return true;
        }
        ChallengeResponseFrame answer = ChallengeResponseFrame.read(payload);
        if (answer == null) {
            violated(session, "this is no answer to a challenge");
            return true;
        }
        if (answer.version() != Transcript.VERSION) {
            refuse(session, Drop.AUTHENTICATION);
            return true;
        }
        if (checking == CHECKS_MAX
                || !ports.background()
                        .tryExecute(() -> check(session, asked.challenge(), answer))) {
            return false;
        }
        session.inbound.consume();
        session.verifying();
        checking++;
        return true;
    }

    private boolean identify(Session session, long client) {
        if (ports.keys() != null
                || client == 0
                || session.identity().client() != 0
                || session.hasAsked()) {
            violated(
                    session,
                    "IDENTIFY is for once, before any request, where authentication is off; not 0");
            return true;
        }
        session.inbound.consume();
        admit(session, new Identity(Role.UNRESTRICTED, client, null));
        return true;
    }

    /** Background thread. */
    private void check(Session session, ChallengeFrame asked, ChallengeResponseFrame answer) {
        AuthorizedKeys keys = ports.keys();
        Role role = keys == null ? null : keys.role(answer.publicKey());
        byte[] transcript =
                Transcript.of(asked, answer.clientNonce(), answer.publicKey(), answer.lane());
        boolean isGood =
                role != null && Ed25519.verify(answer.publicKey(), transcript, answer.signature());
        long client = Transcript.client(answer.publicKey(), answer.lane());
        checked.offer(
                new Checked(
                        session,
                        isGood && role != null
                                ? new Identity(role, client, answer.publicKey())
                                : null));
        ingress.signal();
    }

    /**
     * Lets in, or not, whose signatures were checked.
     *
     * @return how many
     */
    int settle() {
        int count = 0;
        Checked result = checked.poll();
        while (result != null) {
            checking--;
            count++;
            if (result.session().is(Session.State.VERIFYING)) {
                settle(result.session(), result.who());
            }
            result = checked.poll();
        }
        return count;
    }

    private void settle(Session session, @Nullable Identity who) {
        if (who == null || !isStill(who)) {
            refuse(session, Drop.AUTHENTICATION);
        } else {
            admit(session, who);
        }
    }

    /** The key file may have changed while the signature was checked. */
    private boolean isStill(Identity who) {
        AuthorizedKeys keys = ports.keys();
        byte[] key = who.publicKey();
        return keys != null && key != null && keys.role(key) == who.role();
    }

    private void admit(Session session, Identity who) {
        session.ready(who);
        session.inbound.limit(config.payloadBytesMax() + RequestFrame.BODY_BYTES_MIN);
        ports.sessions().claim(who.client(), session);
        ports.controls()
                .ready(
                        session.socket,
                        new ReadyFrame(
                                who.role(),
                                who.client(),
                                config.payloadBytesMax(),
                                config.window(),
                                config.idleMs()));
        ports.sessions().wake(session);
    }

    /** It is not let in, or no longer, and not told why. */
    void refuse(Session session, Drop reason) {
        ports.meters().dropped(reason);
        if (!session.pace.isMidFrame) {
            ports.controls().authenticationFailed(session.socket);
        }
        session.finish();
    }

    /** It broke the rules. */
    void violated(Session session, String text) {
        ports.meters().dropped(Drop.PROTOCOL);
        session.end(Code.PROTOCOL, text);
    }
}
