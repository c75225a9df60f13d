package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.wire.Code;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that do nothing, or not what they should. */
class UpkeepTest {
    private static final GatewayTimeouts TIMES = Rig.TIMEOUTS;

    @TempDir Path directory;

    private final Rig rig = new Rig(Rig.limits(4, 8));

    @Test
    void whoSaysNothingIsIdle() {
        FakeSocket silent = rig.client(1);
        FakeSocket alive = rig.client(2);
        rig.pass(TIMES.idle().minusMillis(50));
        assertThat(silent.end.isFinished).isFalse();
        alive.sends(RawClient.request(0, Tag.HEARTBEAT, new byte[0]));
        rig.pass(Duration.ofMillis(100));

        assertThat(silent.peer.ended).isEqualTo(Code.IDLE);
        assertThat(silent.end.isFinished).isTrue();
        assertThat(alive.end.isFinished).isFalse();
        assertThat(silent.peer.heartbeats).isEqualTo(2);
        assertThat(rig.meters.drops(Drop.IDLE)).isEqualTo(1);
    }

    /** What the server does not read it cannot hear: the kernel holds the heartbeats. */
    @Test
    void whoeverIsHeldBackIsNotIdle() {
        FakeSocket client = rig.client(1);
        rig.node.durable = 0;
        for (int i = 1; i <= 5_000; i++) {
            client.sends(Probe.event(i));
        }
        rig.settle();
        assertThat(client.unread()).isPositive();

        rig.pass(TIMES.idle().multipliedBy(2));
        assertThat(client.isOver()).isFalse();

        rig.node.durable = Long.MAX_VALUE;
        rig.settle();
        assertThat(client.peer.answers).hasSize(5_000);
    }

    @Test
    void whoTakesNothingOfItsAnswersIsDropped() {
        FakeSocket deaf = rig.client(1);
        FakeSocket slow = rig.client(2);
        deaf.room = 0;
        slow.room = 0;
        deaf.sends(Probe.event(1));
        slow.sends(Probe.event(1));
        for (int i = 0; i < 20; i++) {
            rig.pass(Duration.ofMillis(100));
            slow.room = 1;
            deaf.sends(RawClient.request(0, Tag.HEARTBEAT, new byte[0]));
            slow.sends(RawClient.request(0, Tag.HEARTBEAT, new byte[0]));
        }
        assertThat(deaf.end.isClosed).isTrue();
        assertThat(slow.end.isClosed).isFalse();
        assertThat(rig.meters.drops(Drop.STALLED)).isEqualTo(1);
        assertThat(rig.transport.chunksInUse()).isEqualTo(1);
    }

    /** Requests that go on coming are no sign that the answers are being read. */
    @Test
    void askingIsNotReading() {
        FakeSocket deaf = rig.client(1);
        deaf.room = 0;
        for (int i = 1; i <= 20; i++) {
            deaf.sends(Probe.event(i));
            rig.pass(Duration.ofMillis(100));
        }
        assertThat(deaf.end.isClosed).isTrue();
    }

    @Test
    void whoDoesNotSayWhoItIsInTimeIsLetGo() throws IOException {
        Signer trader = new Signer();
        Path file = Signer.file(directory, trader.line(Role.TRADER));
        Rig guarded = new Rig(Rig.limits(4, 8), new AuthorizedKeys(file));
        FakeSocket silent = guarded.transport.connect();
        FakeSocket chatty = guarded.transport.connect();
        for (int i = 0; i < 6; i++) {
            chatty.sends(RawClient.request(0, Tag.HEARTBEAT, new byte[0]));
            guarded.pass(Duration.ofMillis(100));
        }
        assertThat(silent.peer.isRefused).isTrue();
        assertThat(chatty.peer.isRefused).isTrue();
        assertThat(guarded.meters.drops(Drop.AUTHENTICATION)).isEqualTo(2);

        guarded.pass(TIMES.stall());
        assertThat(silent.end.isClosed).isTrue();
        assertThat(guarded.door.connections()).isZero();
    }

    @Test
    void aRevokedKeyEndsItsSessionWhateverItWaitsFor() throws IOException {
        Signer trader = new Signer();
        Signer other = new Signer();
        Path file = Signer.file(directory, trader.line(Role.TRADER), other.line(Role.READONLY));
        Rig guarded = new Rig(Rig.limits(4, 8), new AuthorizedKeys(file));
        FakeSocket client = guarded.transport.connect();
        FakeSocket stays = guarded.transport.connect();
        client.sends(trader.answer(Objects.requireNonNull(client.peer.challenge)));
        stays.sends(other.answer(Objects.requireNonNull(stays.peer.challenge)));
        guarded.settle();
        guarded.node.durable = 0;
        client.sends(Probe.event(1));
        client.sends(Probe.malformed(2));
        client.sends(Probe.event(3));
        guarded.settle();

        Signer.file(directory, other.line(Role.READONLY), "# changed");
        guarded.pass(Duration.ofMillis(1_100));
        assertThat(client.peer.isRefused).isTrue();
        assertThat(client.end.isFinished).isTrue();
        assertThat(stays.end.isFinished).isFalse();
        assertThat(guarded.meters.drops(Drop.REVOKED)).isEqualTo(1);

        guarded.node.durable = Long.MAX_VALUE;
        guarded.pass(Duration.ofMillis(100));
        client.close();
        guarded.settle();
        assertThat(guarded.node.sequence()).isEqualTo(1);
        assertThat(guarded.transport.chunksInUse()).isZero();
        assertThat(guarded.door.connections()).isEqualTo(1);
    }

    @Test
    void aBrokenFileOfKeysChangesNothing() throws IOException {
        Signer trader = new Signer();
        Path file = Signer.file(directory, trader.line(Role.TRADER));
        AuthorizedKeys keys = new AuthorizedKeys(file);
        Rig guarded = new Rig(Rig.limits(4, 8), keys);
        FakeSocket client = guarded.transport.connect();
        client.sends(trader.answer(Objects.requireNonNull(client.peer.challenge)));
        guarded.settle();

        Signer.file(directory, "trader what-is-this");
        guarded.pass(Duration.ofMillis(1_100));
        java.nio.file.Files.delete(file);
        guarded.pass(Duration.ofMillis(1_100));

        assertThat(client.end.isFinished).isFalse();
        assertThat(keys.role(trader.key.publicKey())).isEqualTo(Role.TRADER);
        assertThat(keys.generation()).isEqualTo(1);
    }

    /** A peer that is told to leave and stays is closed, and so is one that cannot be told. */
    @Test
    void whoDoesNotLeaveIsClosed() {
        FakeSocket stays = rig.client(1);
        FakeSocket deaf = rig.client(2);
        deaf.room = 0;
        deaf.sends(Probe.event(1));
        rig.settle();
        stays.sends(RawClient.buffer(4).putInt(0));
        deaf.sends(RawClient.buffer(4).putInt(0));
        rig.settle();
        assertThat(stays.peer.ended).isEqualTo(Code.PROTOCOL);
        assertThat(stays.end.isClosed).isFalse();

        rig.pass(TIMES.stall().plusMillis(50));
        assertThat(stays.end.isClosed).isTrue();
        assertThat(deaf.end.isClosed).isTrue();
        assertThat(rig.door.connections()).isZero();
        assertThat(rig.transport.chunksInUse()).isZero();
    }

    /** G7 of GatewayDoor: those who found no place are no burden either. */
    @Test
    void thoseWhoFoundNoPlaceLingerForAWhileAndInBounds() {
        for (int i = 1; i <= 4; i++) {
            rig.client(i);
        }
        List<FakeSocket> shed = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            shed.add(rig.transport.connect());
        }
        rig.settle();
        assertThat(shed).allMatch(socket -> socket.peer.ended == Code.CONNECTIONS);
        assertThat(shed.stream().filter(socket -> !socket.end.isClosed)).hasSize(1_024);

        rig.pass(TIMES.stall().plusMillis(50));
        assertThat(shed).allMatch(socket -> socket.end.isClosed);
    }

    /** G7 of GatewayDoor: one refusal of a peer that does not read waits, whatever it sends. */
    @Test
    void refusalsThatNobodyReadsTakeNoMemory() {
        FakeSocket deaf = rig.client(1);
        FakeSocket other = rig.client(2);
        deaf.room = 0;
        for (int i = 1; i <= 2_000; i++) {
            deaf.sends(Probe.malformed(i));
        }
        rig.settle();
        assertThat(rig.transport.chunksInUse()).isEqualTo(1);

        other.sends(Probe.malformed(1));
        rig.settle();
        assertThat(other.peer.answers).hasSize(1);

        deaf.room = Long.MAX_VALUE;
        rig.settle();
        assertThat(deaf.peer.answers).hasSize(2_000);
    }
}
