package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.gateway.RawClient.Frame;
import io.melin.health.NodeState;
import io.melin.stage.Layout;
import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Code;
import io.melin.wire.ReadyFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers, forgers and those who were let go, at a node with authentication. */
class HostileKeysTest {
    /** So the whole answer would take twice the handshake's limit. */
    private static final int DRIBBLE_MS = 25;

    private static final GatewayTimeouts TIMEOUTS =
            new GatewayTimeouts(
                    Duration.ofMillis(1_500),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2));

    @TempDir Path directory;

    private final Signer others = new Signer();
    private final Signer trader = new Signer();
    private final Signer reader = new Signer();
    private GatewayNode node;
    private Bystanders bystanders;

    @BeforeEach
    void start() throws IOException {
        Path keys =
                Signer.file(
                        directory,
                        others.line(Role.OPERATOR),
                        trader.line(Role.TRADER),
                        reader.line(Role.READONLY));
        node =
                GatewayNode.start(
                        GatewayNode.config(directory.resolve("journal"), Layout.COMPACT),
                        GatewayConfig.of(GatewayNode.FREE_PORT).withTimeouts(TIMEOUTS),
                        keys);
        bystanders = new Bystanders(node.address(), 1, others);
    }

    @AfterEach
    void staysServing() {
        assertThat(node.node.state().state()).isEqualTo(NodeState.SERVING);
        Eventually.holds(() -> node.connections() == 0, "connections are left");
        node.close();
    }

    private static ChallengeFrame challenge(RawClient client) throws IOException {
        Frame frame = client.next();
        assertThat(frame.tag()).isEqualTo(Tag.CHALLENGE);
        return Objects.requireNonNull(ChallengeFrame.read(frame.payload()));
    }

    private static void isRefused(RawClient client) throws IOException {
        assertThat(client.next().tag()).isEqualTo(Tag.AUTHENTICATION_FAILED);
        assertThat(client.isAtEnd()).isTrue();
    }

    private RawClient signed(Signer signer) throws IOException {
        RawClient client = new RawClient(node.address());
        client.send(signer.answer(challenge(client)));
        return client;
    }

    @Test
    void unknownKeysAndWrongSignatures() throws Exception {
        bystanders.watch(
                "unknown keys and wrong signatures",
                () -> {
                    for (int i = 0; i < 20; i++) {
                        try (RawClient client = signed(new Signer())) {
                            isRefused(client);
                        }
                        try (RawClient client = new RawClient(node.address())) {
                            ChallengeResponseFrame answer = trader.response(challenge(client));
                            answer.signature()[i] ^= 4;
                            client.send(Signer.frame(answer));
                            isRefused(client);
                        }
                    }
                });
        assertThat(node.drops(Drop.AUTHENTICATION)).isEqualTo(40);
    }

    @Test
    void anAnswerToAnothersChallenge() throws Exception {
        bystanders.watch(
                "replayed signatures",
                () -> {
                    try (RawClient first = new RawClient(node.address());
                            RawClient second = new RawClient(node.address())) {
                        ChallengeFrame of = challenge(first);
                        assertThat(challenge(second).nonce()).isNotEqualTo(of.nonce());
                        second.send(trader.answer(of));
                        isRefused(second);
                        first.send(trader.answer(of));
                        assertThat(first.ready().role()).isEqualTo(Role.TRADER);
                    }
                });
    }

    @Test
    void aRoleThatMayNotAsk() throws Exception {
        bystanders.watch(
                "forbidden role",
                () -> {
                    try (RawClient client = signed(reader)) {
                        ReadyFrame ready = client.ready();
                        assertThat(ready.role()).isEqualTo(Role.READONLY);
                        for (int i = 1; i <= 20; i++) {
                            client.send(RawClient.event(i, 1));
                            assertThat(client.answer().code()).isEqualTo(Code.FORBIDDEN);
                        }
                        client.send(RawClient.request(21, Tag.QUERY_HIGHEST_REQUEST, new byte[0]));
                        assertThat(client.answer().isEnd()).isTrue();
                    }
                });
    }

    @Test
    void requestsBeforeTheSignature() throws Exception {
        bystanders.watch(
                "requests before authentication",
                () -> {
                    for (int i = 0; i < 20; i++) {
                        try (RawClient client = new RawClient(node.address())) {
                            challenge(client);
                            client.send(RawClient.event(1, 1_000_000));
                            assertThat(client.answer().code()).isEqualTo(Code.PROTOCOL);
                            assertThat(client.isAtEnd()).isTrue();
                        }
                    }
                });
        try (RawClient client = signed(trader)) {
            client.ready();
            client.send(RawClient.event(1, 0));
            assertThat(client.answer().code()).isEqualTo(Code.REJECTED);
            client.send(RawClient.event(2, 1));
            assertThat(client.answer().reports().get(0)).isLessThan(1_000_000L);
        }
    }

    @Test
    void aPeerThatNeverSigns() throws Exception {
        bystanders.watch(
                "handshake time-out",
                () -> {
                    try (RawClient client = new RawClient(node.address())) {
                        challenge(client);
                        isRefused(client);
                    }
                });
    }

    /** Each byte is a sign of life, but none of them moves the end of the handshake. */
    @Test
    void aPeerThatDribblesItsSignature() throws Exception {
        bystanders.watch(
                "dribbled signature",
                () -> {
                    try (RawClient client = new RawClient(node.address())) {
                        byte[] answer = trader.answer(challenge(client)).array();
                        for (int i = 0;
                                i < answer.length && node.drops(Drop.AUTHENTICATION) == 0;
                                i++) {
                            client.sendBytes(new byte[] {answer[i]});
                            Thread.sleep(DRIBBLE_MS);
                        }
                        isRefused(client);
                    }
                });
    }

    @Test
    void aKeyThatIsRevokedInMidSession() throws Exception {
        bystanders.watch(
                "revoked key",
                () -> {
                    try (RawClient client = signed(trader);
                            RawClient stays = signed(reader)) {
                        client.ready();
                        stays.ready();
                        client.send(RawClient.event(1, 1));
                        assertThat(client.answer().isEnd()).isTrue();
                        Signer.file(
                                directory, others.line(Role.OPERATOR), reader.line(Role.READONLY));
                        isRefused(client);
                        stays.send(RawClient.request(1, Tag.QUERY_HIGHEST_REQUEST, new byte[0]));
                        assertThat(stays.answer().isEnd()).isTrue();
                    }
                    try (RawClient again = signed(trader)) {
                        isRefused(again);
                    }
                });
        assertThat(node.drops(Drop.REVOKED)).isEqualTo(1);
    }

    /** An operator's slip of the keyboard locks nobody out. */
    @Test
    void aKeyFileThatBreaksWhileTheNodeRuns() throws Exception {
        bystanders.watch(
                "broken key file",
                () -> {
                    try (RawClient client = signed(trader)) {
                        client.ready();
                        Path file = Signer.file(directory, "trader this-is-no-key");
                        Thread.sleep(1_300);
                        Files.delete(file);
                        Thread.sleep(1_300);
                        client.send(RawClient.event(1, 1));
                        assertThat(client.answer().isEnd()).isTrue();
                    }
                    try (RawClient client = signed(trader)) {
                        assertThat(client.ready().role()).isEqualTo(Role.TRADER);
                    }
                });
        Signer newcomer = new Signer();
        Signer.file(directory, newcomer.line(Role.CUSTODIAN));
        Eventually.holds(() -> isLetIn(newcomer), "the mended file is not read");
    }

    private boolean isLetIn(Signer signer) {
        try (RawClient client = signed(signer)) {
            return client.next().tag() == Tag.READY;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
