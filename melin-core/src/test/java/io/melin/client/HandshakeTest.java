package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Code;
import io.melin.wire.Ed25519;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link Handshake}: each frame in each phase, H1 and H2. */
class HandshakeTest {
    private static final Ed25519.SigningKey KEY = Ed25519.SigningKey.generate();
    private static final ClientIdentity.Key KEYED = new ClientIdentity.Key(KEY, 3, "prod");
    private static final byte[] NONCE = new byte[Transcript.NONCE_BYTES];

    /** H2. */
    @Test
    void aKeySignsForTheServerThatItWants() {
        Handshake handshake = new Handshake(KEYED, true);

        byte[] answer = give(handshake, challenge("prod"));

        assertThat(answer).hasSize(ChallengeResponseFrame.FRAME_BYTES);
        ByteBuffer payload = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        ChallengeResponseFrame response =
                Objects.requireNonNull(
                        ChallengeResponseFrame.read(payload.position(RequestFrame.PAYLOAD)));
        byte[] signed =
                Transcript.of(
                        new ChallengeFrame(NONCE, 1, "prod"),
                        response.clientNonce(),
                        KEY.publicKey(),
                        3);
        assertThat(Ed25519.verify(KEY.publicKey(), signed, response.signature())).isTrue();
        assertThat(give(handshake, ready(KEYED.client()))).isNull();
        assertThat(handshake.phase()).isEqualTo(Handshake.Phase.DONE);
    }

    @Test
    void twoLogInsHaveTwoNonces() {
        byte[] first = give(new Handshake(KEYED, true), challenge("prod"));
        byte[] second = give(new Handshake(KEYED, true), challenge("prod"));

        assertThat(first).isNotEqualTo(second);
    }

    /** H2. */
    @Test
    void nothingIsSignedForAnotherServerNorWithoutBeingAsked() {
        assertFails(new Handshake(KEYED, true), challenge("test"), "wanted name=prod");
        assertFails(new Handshake(KEYED, true), ready(0), "does not authenticate");
        assertFails(new Handshake(KEYED, true), challengeOfVersion(2), "another version");
        assertFails(new Handshake(ClientIdentity.of(9), true), challenge("x"), "give the client");
        assertFails(new Handshake(ClientIdentity.none(), true), challenge("x"), "give the client");
    }

    @Test
    void nobodyIsReadyAtOnceAndANumberAfterItSaidSo() {
        Handshake nobody = new Handshake(ClientIdentity.none(), false);
        assertThat(give(nobody, ready(0))).isNull();
        assertThat(nobody.phase()).isEqualTo(Handshake.Phase.DONE);

        Handshake named = new Handshake(ClientIdentity.of(9), true);
        assertThat(give(named, ready(0))).isNotNull();
        assertThat(named.phase()).isEqualTo(Handshake.Phase.IDENTIFIED);
        give(named, ready(9));
        assertThat(named.phase()).isEqualTo(Handshake.Phase.DONE);
    }

    @Test
    void aServerThatTakesUsForAnotherIsLeft() {
        Handshake named = new Handshake(ClientIdentity.of(9), true);
        give(named, ready(0));
        assertFails(named, ready(8), "taken for=8");

        Handshake keyed = new Handshake(KEYED, true);
        give(keyed, challenge("prod"));
        assertFails(keyed, ready(8), "taken for=8");
    }

    @Test
    void theHighestNumberIsAskedForWhenItIsNotKnown() {
        Handshake handshake = syncing();

        assertThat(give(handshake, highest(41))).isNull();
        assertThat(handshake.phase()).isEqualTo(Handshake.Phase.SYNCING);
        give(handshake, end(1));

        assertThat(handshake.phase()).isEqualTo(Handshake.Phase.DONE);
        assertThat(handshake.highest()).isEqualTo(41);
    }

    @Test
    void aNodeThatIsNotThePrimarySaysWhoIs() {
        Handshake handshake = syncing();

        give(handshake, error(1, Code.NOT_PRIMARY, "a:1"));

        assertThat(handshake.phase()).isEqualTo(Handshake.Phase.MOVED);
        assertThat(handshake.detail()).isEqualTo("a:1");
    }

    /** H1. */
    @Test
    void anythingElseEndsTheConnection() {
        List<byte[]> frames =
                List.of(
                        challenge("prod"),
                        ready(9),
                        highest(-1),
                        highest(Long.MAX_VALUE),
                        end(1),
                        end(0),
                        end(2),
                        error(0, Code.IDLE, ""),
                        error(1, Code.FORBIDDEN, ""),
                        new byte[] {Tag.AUTHENTICATION_FAILED, 0},
                        new byte[] {Tag.READY},
                        new byte[] {Tag.CHALLENGE, 1, 2},
                        new byte[] {Tag.HIGHEST_REQUEST, 1},
                        new byte[] {Tag.REPORT, 1},
                        new byte[] {Tag.END},
                        new byte[] {0},
                        new byte[] {-1});
        for (byte[] frame : frames) {
            Handshake handshake = syncing();
            give(handshake, frame);
            assertThat(handshake.phase()).as("tag %s", frame[0]).isEqualTo(Handshake.Phase.FAILED);
            assertThat(handshake.detail()).isNotEmpty();
        }
        for (byte[] frame : frames.subList(2, frames.size())) {
            Handshake hello = new Handshake(ClientIdentity.of(9), false);
            give(hello, frame);
            assertThat(hello.phase()).as("tag %s", frame[0]).isEqualTo(Handshake.Phase.FAILED);
        }
    }

    private static Handshake syncing() {
        Handshake handshake = new Handshake(ClientIdentity.of(9), false);
        give(handshake, ready(0));
        assertThat(give(handshake, ready(9))).hasSize(RequestFrame.PAYLOAD);
        assertThat(handshake.phase()).isEqualTo(Handshake.Phase.SYNCING);
        return handshake;
    }

    private static void assertFails(Handshake handshake, byte[] frame, String why) {
        assertThat(give(handshake, frame)).isNull();
        assertThat(handshake.phase()).isEqualTo(Handshake.Phase.FAILED);
        assertThat(handshake.detail()).contains(why);
    }

    private static byte @Nullable [] give(Handshake handshake, byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        return handshake.onFrame(bytes.get(), bytes);
    }

    /** The body of a frame that was written whole. */
    private static byte[] body(ByteBuffer frame) {
        return java.util.Arrays.copyOfRange(frame.array(), ResponseFrame.TAG, frame.position());
    }

    private static ByteBuffer room() {
        return ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] challenge(String server) {
        ByteBuffer frame = room();
        new ChallengeFrame(NONCE, 1, server).write(frame);
        return body(frame);
    }

    private static byte[] challengeOfVersion(int version) {
        ByteBuffer frame = room();
        new ChallengeFrame(NONCE, version, "prod").write(frame);
        return body(frame);
    }

    private static byte[] ready(long client) {
        ByteBuffer frame = room();
        new ReadyFrame(Role.UNRESTRICTED, client, 1_000, 10, 1_000).write(frame);
        return body(frame);
    }

    private static byte[] highest(long number) {
        ByteBuffer frame = room();
        ResponseFrame.begin(frame, Tag.HIGHEST_REQUEST, Long.BYTES).putLong(number);
        return body(frame);
    }

    private static byte[] end(long request) {
        ByteBuffer frame = room();
        EndFrame.write(frame, request, 0, 0, false);
        return body(frame);
    }

    private static byte[] error(long request, Code code, String text) {
        ByteBuffer frame = room();
        byte[] bytes = ErrorFrame.text(text);
        ErrorFrame.begin(frame, request, code, bytes.length).put(bytes);
        return body(frame);
    }
}
