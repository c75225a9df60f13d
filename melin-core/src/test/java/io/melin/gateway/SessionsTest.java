package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.wire.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many sessions: places, and whose turn it is. */
class SessionsTest {

    /** G3: no answer meets a stranger, however fast connections come and go. */
    @Test
    void aPlaceIsNotGivenAwayWhileAnAnswerIsUnderWay() {
        Rig rig = new Rig(Rig.limits(1, 8));
        for (int i = 0; i < 2; i++) {
            FakeSocket client = rig.client(i + 1);
            client.sends(Probe.event(1));
            rig.ingress();
            client.close();
            rig.ingress();
        }
        assertThat(rig.door.connections()).isZero();
        assertThat(rig.node.input).hasSize(2);

        FakeSocket third = rig.transport.connect();
        rig.settle();
        assertThat(third.peer.ended).isEqualTo(Code.CONNECTIONS);

        FakeSocket fourth = rig.client(4);
        rig.settle();
        assertThat(fourth.peer.readies).isEqualTo(2);
        assertThat(fourth.peer.answers).isEmpty();
        assertThat(rig.transport.chunksInUse()).isZero();
    }

    /** G7 of GatewayDoor: one more than allowed is told so, and leaves nothing behind. */
    @Test
    void placesComeBack() {
        Rig rig = new Rig(Rig.limits(3, 8));
        for (int round = 0; round < 2_000; round++) {
            List<FakeSocket> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(rig.transport.connect());
            }
            rig.settle();
            assertThat(clients.get(2).peer.readies).isEqualTo(1);
            assertThat(clients.get(3).peer.ended).isEqualTo(Code.CONNECTIONS);
            clients.forEach(FakeSocket::close);
            rig.settle();
        }
        assertThat(rig.door.connections()).isZero();
        assertThat(rig.transport.chunksInUse()).isZero();
        assertThat(rig.meters.drops(Drop.CONNECTIONS)).isEqualTo(2_000);
    }

    /** G8 of GatewayDoor: a flood has its turn, like everybody. */
    @Test
    void aFloodDoesNotHoldUpTheOthers() {
        Rig rig = new Rig(Rig.limits(64, 1_024));
        rig.node.room = Integer.MAX_VALUE;
        FakeSocket flood = rig.client(1);
        FakeSocket other = rig.client(2);
        for (int i = 1; i <= 1_000; i++) {
            flood.sends(Probe.event(i));
        }
        other.sends(Probe.event(1));

        rig.door.poll(rig.node, 1);

        assertThat(rig.node.input).hasSize(64);
        rig.door.poll(rig.node, 1);
        assertThat(rig.node.input).hasSizeBetween(65, 128);
        assertThat(rig.node.input).anyMatch(taken -> taken.origin().id().contains("/2/"));
    }

    /** Large events share a sync only if one poll takes them in: a read holds few of them. */
    @Test
    void aPollReadsOnWhereBytesAreLeft() {
        Rig rig = new Rig(Rig.limits(64, 1_024));
        rig.node.room = Integer.MAX_VALUE;
        FakeSocket client = rig.client(1);
        client.readBytesMax = Probe.event(1).position();
        for (int i = 1; i <= 5; i++) {
            client.sends(Probe.event(i));
        }

        rig.ingress();

        assertThat(rig.node.input).hasSize(5);
        assertThat(client.unread()).isZero();
    }

    /** The first of many does not wait for the last, and others have their turn with each read. */
    @Test
    void aPollDoesNotReadForEver() {
        Rig rig = new Rig(Rig.limits(64, 1_024));
        rig.node.room = Integer.MAX_VALUE;
        FakeSocket flood = rig.client(1);
        FakeSocket other = rig.client(2);
        for (int i = 1; i <= 100; i++) {
            flood.sends(Probe.event(i));
            other.sends(Probe.event(i));
        }
        flood.readBytesMax = Probe.event(1).position();
        other.readBytesMax = flood.readBytesMax;

        rig.ingress();

        assertThat(rig.node.input).hasSize(2 * 16);
        assertThat(rig.node.input.stream().filter(taken -> taken.origin().id().contains("/2/")))
                .hasSize(16);
    }

    /** G8 of GatewayDoor: one whose requests find no room is not read on. */
    @Test
    void aPollDoesNotReadOnWhereNothingIsTaken() {
        Rig rig = new Rig(Rig.limits(64, 1_024));
        FakeSocket client = rig.client(1);
        client.readBytesMax = Probe.event(1).position();
        for (int i = 1; i <= 5; i++) {
            client.sends(Probe.event(i));
        }
        rig.node.room = 2;

        rig.ingress();

        assertThat(rig.node.input).hasSize(2);
        assertThat(client.unread()).isGreaterThanOrEqualTo(client.readBytesMax);
    }

    /** G8 of GatewayDoor: the limit of a poll holds for all sessions together. */
    @Test
    void aPollTakesNoMoreThanItsLimitAndTheLastTurn() {
        Rig rig = new Rig(Rig.limits(64, 1_024));
        rig.node.room = Integer.MAX_VALUE;
        for (int client = 1; client <= 50; client++) {
            FakeSocket socket = rig.client(client);
            for (int i = 1; i <= 100; i++) {
                socket.sends(Probe.event(i));
            }
        }
        int taken = rig.door.poll(rig.node, 1_000);
        assertThat(taken).isLessThan(1_000 + 64 + 50);
    }

    /** G8 of GatewayDoor: with too little room for all, each gets its share of it. */
    @Test
    void littleRoomGoesRound() {
        Rig rig = new Rig(Rig.limits(64, 1_024));
        for (int client = 1; client <= 10; client++) {
            FakeSocket socket = rig.client(client);
            for (int i = 1; i <= 1_000; i++) {
                socket.sends(Probe.event(i));
            }
        }
        Map<String, Integer> shares = new HashMap<>();
        for (int step = 0; step < 100; step++) {
            rig.node.room = 16;
            rig.ingress();
            while (!rig.node.input.isEmpty()) {
                String id = rig.node.input.element().origin().id();
                shares.merge(id.split("/")[1], 1, Integer::sum);
                assertThat(rig.application(1) + rig.response(8)).isPositive();
            }
        }
        assertThat(shares).hasSize(10);
        assertThat(shares.values()).allMatch(share -> share >= 80 && share <= 240);
    }

    @Test
    void whoAsksSeldomIsNotStarvedByThoseWhoAskAlways() {
        Rig rig = new Rig(Rig.limits(64, 1_024));
        List<FakeSocket> floods = new ArrayList<>();
        for (int client = 1; client <= 10; client++) {
            floods.add(rig.client(client));
        }
        FakeSocket modest = rig.client(99);
        long next = 0;
        long flooded = 0;
        for (int step = 0; step < 1_000; step++) {
            flooded++;
            for (FakeSocket flood : floods) {
                flood.sends(Probe.event(flooded));
            }
            if (modest.peer.answers.size() == next) {
                modest.sends(Probe.event(++next));
            }
            rig.clock.pass(Duration.ofMillis(1));
            rig.node.room = 2;
            rig.ingress();
            rig.application(2);
            rig.response(2);
            rig.node.room = 0;
            rig.ingress();
        }
        assertThat(modest.peer.answers).noneMatch(answer -> answer.code() != null);
        assertThat(next).isGreaterThan(25);
    }
}
