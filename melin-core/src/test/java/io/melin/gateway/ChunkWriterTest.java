package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.gateway.AnswerReader.Answer;
import io.melin.wire.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of any size, and peers that do not read them. */
class ChunkWriterTest {
    private static final int TOTAL_BYTES = 1 << 20;

    @Test
    void framesOverTheSizeOfAChunkArriveWhole() {
        Rig rig = new Rig(Rig.limits(2, 8));
        FakeSocket client = rig.client(7);
        int[] sizes = {12, 4_000, 4_086, 4_087, 4_091, 4_092, 4_096, 8_200, 16_000};
        long number = 0;
        for (int size : sizes) {
            number++;
            client.sends(Probe.frame(number, Probe.EVENT, Probe.APPLIED, 3, size, number));
        }
        client.sends(Probe.frame(++number, Probe.QUERY, Probe.APPLIED, 3, 300_000, number));
        rig.settle();

        assertThat(client.peer.answers).hasSize(sizes.length + 1);
        for (Answer answer : client.peer.answers) {
            int index = (int) answer.request() - 1;
            int size = index < sizes.length ? sizes[index] : 300_000;
            assertThat(answer.reports()).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(answer.reports().get(i))
                        .isEqualTo(Probe.report(size, answer.request(), i));
            }
        }
        assertThat(rig.transport.chunksInUse()).isZero();
        assertThat(rig.door.inFlight()).isZero();
    }

    /** G4: a full backlog ends its own connection, and whoever reads gets everything. */
    @Test
    void aPeerThatReadsNothingIsDroppedAndNobodyElse() {
        Rig rig = new Rig(new GatewayLimits(4, 64, 1 << 16, TOTAL_BYTES, 8));
        FakeSocket deaf = rig.client(1);
        FakeSocket other = rig.client(2);
        deaf.room = 0;
        for (int i = 1; i <= 64; i++) {
            deaf.sends(Probe.frame(i, Probe.EVENT, Probe.APPLIED, 1, 4_000, i));
            other.sends(Probe.frame(i, Probe.EVENT, Probe.APPLIED, 1, 4_000, i));
        }
        rig.settle();
        rig.pass(Duration.ofMillis(100));

        assertThat(deaf.end.isClosed).isTrue();
        assertThat(rig.meters.drops(Drop.BACKLOG)).isEqualTo(1);
        assertThat(other.peer.answers).hasSize(64);
        assertThat(rig.transport.chunksInUse()).isZero();
        assertThat(rig.door.connections()).isEqualTo(1);
    }

    /**
     * G4: the memory of all chunks is not for those who read nothing, even if each of their answers
     * is small, comes alone, and they are many.
     */
    @Test
    void peersThatReadNothingLeaveRoomForOneThatDoes() {
        Rig rig = new Rig(new GatewayLimits(64, 1_024, 1 << 18, TOTAL_BYTES, 8));
        List<FakeSocket> deaf = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            FakeSocket socket = rig.client(i);
            socket.room = 0;
            deaf.add(socket);
        }
        FakeSocket reader = rig.client(99);
        long number = 0;
        while (number < 400) {
            number++;
            for (FakeSocket socket : deaf) {
                socket.sends(Probe.event(number));
            }
            reader.sends(Probe.event(number));
            rig.settle();
            assertThat(reader.peer.answers.size()).isEqualTo((int) number);
        }
        assertThat(reader.end.isClosed).isFalse();
    }

    /** G4: one answer may have any size that the node can hold, if nothing else waits. */
    @Test
    void aLargeAnswerOfAPeerThatReadsIsNoBacklog() {
        Rig rig = new Rig(new GatewayLimits(4, 8, 1 << 16, TOTAL_BYTES, 8));
        FakeSocket client = rig.client(1);
        FakeSocket deaf = rig.client(2);
        deaf.room = 0;
        for (int i = 1; i <= 4; i++) {
            deaf.sends(Probe.frame(i, Probe.EVENT, Probe.APPLIED, 1, 12_000, i));
            client.sends(Probe.frame(i, Probe.QUERY, Probe.APPLIED, 1, 65_000, i));
            rig.settle();
        }
        assertThat(client.peer.answers).extracting(Answer::code).containsOnlyNulls().hasSize(4);
        assertThat(rig.meters.drops(Drop.BACKLOG)).isZero();
    }

    @Test
    void anAnswerThatNobodyCouldHoldFailsAlone() {
        Rig rig = new Rig(new GatewayLimits(4, 8, 1 << 16, TOTAL_BYTES, 8));
        FakeSocket client = rig.client(1);
        client.sends(Probe.frame(1, Probe.QUERY, Probe.APPLIED, 1, 1 << 16, 1));
        client.sends(Probe.frame(2, Probe.QUERY, Probe.APPLIED, 1, Integer.MAX_VALUE, 2));
        client.sends(Probe.frame(3, Probe.QUERY, Probe.APPLIED, 1, -5, 3));
        client.sends(Probe.event(4));
        rig.settle();

        List<Code> codes = new ArrayList<>();
        client.peer.answers.forEach(a -> codes.add(a.code() == null ? Code.PROTOCOL : a.code()));
        assertThat(codes)
                .containsExactly(
                        Code.QUERY_FAILED, Code.QUERY_FAILED, Code.QUERY_FAILED, Code.PROTOCOL);
    }

    /** A slow reader is asked to wait, by its requests not being taken, before it is dropped. */
    @Test
    void whoeverReadsSlowlyIsHeldBack() {
        Rig rig = new Rig(new GatewayLimits(4, 4, 1 << 16, TOTAL_BYTES, 8));
        FakeSocket slow = rig.client(1);
        slow.room = 0;
        for (int i = 1; i <= 200; i++) {
            slow.sends(Probe.frame(i, Probe.EVENT, Probe.APPLIED, 1, 4_000, i));
        }
        for (int i = 0; i < 2_000 && slow.peer.answers.size() < 200; i++) {
            rig.clock.pass(Duration.ofMillis(1));
            slow.room += 1_000;
            rig.settle();
        }
        assertThat(slow.peer.answers).hasSize(200);
        assertThat(rig.meters.drops(Drop.BACKLOG)).isZero();
    }

    /** What was merged and has left is no backlog any more. */
    @Test
    void aSlowReaderOwesOnlyWhatIsUnread() {
        Rig rig = new Rig(new GatewayLimits(4, 64, 1 << 16, TOTAL_BYTES, 8));
        FakeSocket slow = rig.client(1);
        slow.room = 0;
        for (int i = 1; i <= 4_000; i++) {
            slow.sends(Probe.event(i));
            rig.settle();
            if (i % 50 == 0) {
                slow.room = 50 * 47;
                rig.settle();
            }
        }
        slow.room = Long.MAX_VALUE;
        rig.settle();
        assertThat(slow.peer.answers.size()).isEqualTo(4_000);
        assertThat(rig.transport.chunksInUse()).isZero();
    }

    /** A frame that is under way in pieces is not interrupted by one of the gateway's own. */
    @Test
    void nothingIsSentIntoTheMiddleOfAFrame() {
        Rig rig = new Rig(Rig.limits(2, 8));
        FakeSocket client = rig.client(7);
        client.sends(Probe.frame(1, Probe.EVENT, Probe.APPLIED, 1, 16_000, 1));
        rig.ingress();
        rig.application(8);
        rig.node.deliver(rig.door, 8);
        rig.ingress();
        assertThat(client.peer.unfinished()).isPositive();

        rig.clock.pass(Rig.TIMEOUTS.heartbeat());
        rig.ingress();
        rig.door.flush();
        rig.ingress();

        assertThat(client.peer.answers.element().reports())
                .containsExactly(Probe.report(16_000, 1, 0));
        rig.pass(Rig.TIMEOUTS.heartbeat().plusMillis(50));
        assertThat(client.peer.heartbeats).isPositive();
    }
}
