package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Code;
import io.melin.wire.ReadyFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** G6 of Login: who a session is, before anything of it is taken. */
class LoginTest {
    @TempDir Path directory;

    private final Signer trader = new Signer();
    private final Signer stranger = new Signer();

    private Rig rig(GatewayLimits limits) throws IOException {
        Path file = Signer.file(directory, trader.line(Role.TRADER));
        return new Rig(limits, new AuthorizedKeys(file));
    }

    private static ChallengeFrame challenge(FakeSocket socket) {
        return Objects.requireNonNull(socket.peer.challenge);
    }

    @Test
    void theRightSignatureIsLetIn() throws IOException {
        Rig rig = rig(Rig.limits(4, 8));
        FakeSocket client = rig.transport.connect();
        client.sends(trader.answer(challenge(client)));
        client.sends(Probe.event(1));
        rig.ingress();
        assertThat(rig.node.input).as("the signature is not checked yet").isEmpty();

        rig.settle();

        ReadyFrame ready = Objects.requireNonNull(client.peer.ready);
        assertThat(ready.role()).isEqualTo(Role.TRADER);
        assertThat(ready.client()).isEqualTo(Transcript.client(trader.key.publicKey(), 0));
        assertThat(client.peer.answers).hasSize(1);
    }

    /** What a peer tries instead of the right signature. */
    private interface Attempt {
        ByteBuffer frame(Rig rig, FakeSocket client);
    }

    @TestFactory
    Stream<DynamicTest> nobodyElseIs() {
        return Stream.of(
                refused("unknown key", (rig, client) -> stranger.answer(challenge(client))),
                refused("replayed signature", (rig, client) -> replayed(rig)),
                refused("wrong signature", (rig, client) -> wrong(client)),
                refused("another's key", (rig, client) -> borrowed(client)),
                refused("other version", (rig, client) -> versioned(client)),
                ended("request", (rig, client) -> Probe.event(1)),
                ended("identity", (rig, client) -> Rig.identify(7)),
                ended("short answer", (rig, client) -> cut(client)),
                ended("long frame", (rig, client) -> RawClient.request(1, Probe.EVENT, large())),
                ended("empty frame", (rig, client) -> RawClient.buffer(4).putInt(0)),
                ended(
                        "headless frame",
                        (rig, client) -> RawClient.buffer(5).putInt(1).put((byte) 1)));
    }

    private DynamicTest refused(String name, Attempt attempt) {
        return attempt(name, attempt, null);
    }

    private DynamicTest ended(String name, Attempt attempt) {
        return attempt(name, attempt, Code.PROTOCOL);
    }

    private DynamicTest attempt(String name, Attempt attempt, @Nullable Code code) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    Rig rig = rig(Rig.limits(4, 8));
                    FakeSocket client = rig.transport.connect();
                    client.sends(attempt.frame(rig, client));
                    client.sends(Probe.event(1));
                    rig.settle();

                    assertThat(client.peer.ended).isEqualTo(code);
                    assertThat(client.peer.isRefused).isEqualTo(code == null);
                    assertThat(client.peer.readies).isZero();
                    assertThat(client.end.isFinished).isTrue();
                    assertThat(rig.node.sequence()).isZero();
                });
    }

    private ByteBuffer replayed(Rig rig) {
        FakeSocket other = rig.transport.connect();
        return trader.answer(challenge(other));
    }

    private ByteBuffer wrong(FakeSocket client) {
        ChallengeResponseFrame good = trader.response(challenge(client));
        good.signature()[7] ^= 1;
        return Signer.frame(good);
    }

    private ByteBuffer borrowed(FakeSocket client) {
        ChallengeResponseFrame own = stranger.response(challenge(client));
        return Signer.frame(
                new ChallengeResponseFrame(
                        own.signature(), trader.key.publicKey(), own.clientNonce(), 1, 0));
    }

    private ByteBuffer versioned(FakeSocket client) {
        ChallengeResponseFrame own = trader.response(challenge(client));
        return Signer.frame(
                new ChallengeResponseFrame(
                        own.signature(), own.publicKey(), own.clientNonce(), 2, 0));
    }

    private ByteBuffer cut(FakeSocket client) {
        return RawClient.request(0, Tag.CHALLENGE_RESPONSE, new byte[100]);
    }

    private static byte[] large() {
        return new byte[Login.BODY_BYTES_MAX];
    }

    @Test
    void oneSignatureIsNotGoodForTwoConnections() throws IOException {
        Rig rig = rig(Rig.limits(4, 8));
        FakeSocket first = rig.transport.connect();
        FakeSocket second = rig.transport.connect();
        ByteBuffer answer = trader.answer(challenge(first));
        first.sends(answer);
        second.sends(answer);
        rig.settle();

        assertThat(first.peer.readies).isEqualTo(1);
        assertThat(second.peer.isRefused).isTrue();
        assertThat(first.end.isFinished).isFalse();
    }

    /** However many sign at once: all wait, none is lost, and the ingress goes on. */
    @Test
    void signaturesWaitWhenTooManyAreChecked() throws IOException {
        Rig rig = rig(Rig.limits(400, 8));
        Executor background = (Executor) rig.door.background();
        for (int i = 0; i < 1_024; i++) {
            background.execute(() -> {});
        }
        List<FakeSocket> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            FakeSocket client = rig.transport.connect();
            client.sends(stranger.answer(challenge(client)));
            clients.add(client);
        }
        rig.ingress();
        rig.ingress();
        assertThat(clients).noneMatch(client -> client.end.isFinished);

        rig.settle();
        assertThat(clients).allMatch(client -> client.peer.isRefused);
    }

    @Test
    void aKeyThatIsRevokedWhileItsSignatureIsCheckedIsNotLetIn() throws IOException {
        Rig rig = rig(Rig.limits(4, 8));
        FakeSocket client = rig.transport.connect();
        client.sends(trader.answer(challenge(client)));
        rig.ingress();
        rig.background();
        Signer.file(directory, stranger.line(Role.TRADER), "# the trader has left");
        rig.clock.pass(Duration.ofSeconds(1));
        rig.background();

        rig.settle();

        assertThat(client.peer.readies).isZero();
        assertThat(client.peer.isRefused).isTrue();
    }

    @Test
    void thereIsOneIdentityAndItComesFirst() {
        for (ByteBuffer[] frames :
                List.of(
                        new ByteBuffer[] {Rig.identify(7), Rig.identify(8)},
                        new ByteBuffer[] {Rig.identify(0)},
                        new ByteBuffer[] {Probe.event(1), Rig.identify(7)},
                        new ByteBuffer[] {RawClient.request(0, Tag.IDENTIFY, new byte[7])})) {
            Rig rig = new Rig(Rig.limits(4, 8));
            FakeSocket client = rig.transport.connect();
            for (ByteBuffer frame : frames) {
                client.sends(frame);
            }
            rig.settle();
            assertThat(client.peer.ended).isEqualTo(Code.PROTOCOL);
        }
    }

    @Test
    void theNewestConnectionOfAClientIsTheOneThatStays() {
        Rig rig = new Rig(Rig.limits(4, 8));
        FakeSocket first = rig.client(7);
        first.sends(Probe.event(1));
        rig.ingress();
        FakeSocket second = rig.client(7);
        second.sends(Probe.event(1));
        first.sends(Probe.event(2));
        rig.settle();

        assertThat(first.peer.answers).as("what was taken is answered").hasSize(1);
        assertThat(first.peer.ended).isEqualTo(Code.SUPERSEDED);
        assertThat(first.end.isFinished).isTrue();
        assertThat(second.peer.answers.element().isDuplicate()).isTrue();
        assertThat(second.end.isFinished).isFalse();
        assertThat(rig.node.sequence()).isEqualTo(2);
    }
}
