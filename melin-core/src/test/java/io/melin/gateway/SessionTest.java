package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Refusal;
import io.melin.gateway.AnswerReader.Answer;
import io.melin.wire.Code;
import io.melin.wire.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One session at a time: what is answered, and in which order. */
class SessionTest {
    private static final Duration OVERLOAD = Rig.TIMEOUTS.overload();

    private final Rig rig = new Rig(Rig.limits(4, 8));

    /** G1 of Egress, G2 of Session: an answer, a refusal, an answer, in this order. */
    @Test
    void aRefusalWaitsForTheAnswersBeforeItAndHoldsUpThoseBehind() {
        FakeSocket client = rig.client(7);
        client.sends(Probe.event(1));
        client.sends(Probe.malformed(2));
        client.sends(Probe.event(3));

        rig.ingress();
        rig.ingress();
        assertThat(rig.node.input).hasSize(1);
        assertThat(client.peer.answers).isEmpty();

        rig.application(8);
        rig.response(8);
        rig.ingress();
        assertThat(codes(client)).containsExactly(null, Code.MALFORMED);
        assertThat(rig.node.input).hasSize(1);

        rig.settle();
        assertThat(numbers(client)).containsExactly(1L, 2L, 3L);
        assertThat(codes(client)).containsExactly(null, Code.MALFORMED, null);
    }

    /** G1 of Egress: counted means handed over, so that a refusal never overtakes an answer. */
    @Test
    void whatWasDeliveredAndNotFlushedIsNotAnswered() {
        FakeSocket client = rig.client(7);
        client.sends(Probe.event(1));
        client.sends(Probe.malformed(2));
        rig.ingress();
        rig.application(8);

        rig.node.deliver(rig.door, 8);
        rig.ingress();
        assertThat(client.peer.answers).isEmpty();

        rig.door.flush();
        rig.ingress();
        assertThat(numbers(client)).containsExactly(1L, 2L);
    }

    @Test
    void everyWrongRequestHasItsOwnCode() {
        FakeSocket client = rig.client(7);
        client.sends(Probe.malformed(1));
        client.sends(Probe.frame(2, Probe.FORBIDDEN, Probe.APPLIED, 1, 12, 2));
        client.sends(Probe.frame(3, Probe.NOBODYS, Probe.APPLIED, 1, 12, 3));
        client.sends(Probe.frame(4, (byte) 0x7F, Probe.APPLIED, 1, 12, 4));
        client.sends(Probe.frame(5, Probe.THROWING_DECODER, Probe.APPLIED, 1, 12, 5));
        client.sends(Probe.frame(6, Probe.LYING_DECODER, Probe.APPLIED, 1, 12, 6));
        client.sends(Probe.frame(7, Probe.THROWING_QUERY, Probe.APPLIED, 2, 12, 7));
        client.sends(Probe.frame(8, Probe.HALF_QUERY, Probe.APPLIED, 2, 12, 8));
        client.sends(Probe.frame(9, Probe.EVENT, Probe.UNSPEAKABLE, 2, 12, 9));
        client.sends(Probe.frame(10, Probe.EVENT, Probe.REJECTED, 1, 12, 10));
        client.sends(RawClient.request(11, Probe.EVENT, tooLarge()));
        client.sends(Probe.event(12));

        rig.settle();

        assertThat(codes(client))
                .containsExactly(
                        Code.MALFORMED,
                        Code.FORBIDDEN,
                        Code.UNKNOWN_TAG,
                        Code.UNKNOWN_TAG,
                        Code.MALFORMED,
                        Code.MALFORMED,
                        Code.QUERY_FAILED,
                        Code.QUERY_FAILED,
                        Code.UNKNOWN_OUTCOME,
                        Code.REJECTED);
        assertThat(client.peer.ended).isEqualTo(Code.PROTOCOL);
    }

    private static byte[] tooLarge() {
        return new byte[FakePipeline.PAYLOAD_BYTES_MAX + 1];
    }

    /** An event of the request before is not taken for one that the protocol did not give. */
    @Test
    void aDecoderThatGivesNothingIsNotGivenTheRequestBefore() {
        FakeSocket client = rig.client(7);
        client.sends(Probe.event(1));
        client.sends(Probe.frame(2, Probe.LYING_DECODER, Probe.APPLIED, 1, 12, 2));

        rig.settle();

        assertThat(codes(client)).containsExactly(null, Code.MALFORMED);
        assertThat(rig.node.sequence()).isEqualTo(1);
    }

    @Test
    void whatIsIgnoredIsNotAnswered() {
        FakeSocket client = rig.client(7);
        client.sends(Probe.frame(1, Probe.IGNORED, Probe.APPLIED, 1, 12, 1));
        client.sends(RawClient.request(0, Tag.HEARTBEAT, new byte[0]));
        client.sends(Probe.event(2));

        rig.settle();

        assertThat(numbers(client)).containsExactly(2L);
    }

    @Test
    void noMoreThanAWindowIsInFlight() {
        FakeSocket client = rig.client(7);
        for (int i = 1; i <= 20; i++) {
            client.sends(Probe.event(i));
        }
        rig.ingress();
        rig.ingress();
        assertThat(rig.node.input).hasSize(8);

        rig.application(3);
        rig.response(3);
        rig.ingress();
        assertThat(rig.node.input).hasSize(8);

        rig.settle();
        assertThat(numbers(client)).hasSize(20).isSorted();
    }

    /** G5 of Intake: nothing is lost or taken twice while a request waits for room. */
    @Test
    void aFullNodeIsWaitedForAndThenTakesTheRequestOnce() {
        FakeSocket client = rig.client(7);
        rig.node.room = 0;
        client.sends(Probe.event(1));
        client.sends(Probe.event(2));
        for (int i = 0; i < 3; i++) {
            rig.ingress();
            rig.clock.pass(OVERLOAD.dividedBy(4));
        }
        assertThat(client.peer.answers).isEmpty();

        rig.node.room = 64;
        rig.settle();

        assertThat(numbers(client)).containsExactly(1L, 2L);
        assertThat(codes(client)).containsOnlyNulls();
        assertThat(rig.node.sequence()).isEqualTo(2);
    }

    /** G5 of Intake: a refused frame is consumed, and only that one. */
    @Test
    void afterTheOverloadTimeTheRequestIsRefusedInItsPlace() {
        FakeSocket client = rig.client(7);
        client.sends(Probe.event(1));
        rig.ingress();
        rig.node.room = 0;
        client.sends(Probe.event(2));
        client.sends(Probe.event(3));
        rig.ingress();
        rig.clock.pass(OVERLOAD);
        rig.ingress();
        assertThat(client.peer.answers).as("the first is not answered yet").isEmpty();
        assertThat(rig.door.restNs()).as("nobody signals an overload").isEqualTo(1_000_000);

        rig.application(8);
        rig.node.room = 0;
        rig.response(8);
        rig.ingress();
        assertThat(numbers(client)).containsExactly(1L, 2L, 3L);
        assertThat(codes(client)).containsExactly(null, Code.OVERLOADED, Code.OVERLOADED);

        rig.node.room = 64;
        client.sends(Probe.event(4));
        rig.settle();
        assertThat(codes(client)).endsWith((Code) null);
        assertThat(rig.door.restNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aNewRequestIsNotBlamedForAnOldOverload() {
        FakeSocket client = rig.client(7);
        rig.node.room = 0;
        client.sends(Probe.event(1));
        rig.ingress();
        rig.clock.pass(OVERLOAD);
        rig.settle();
        assertThat(codes(client)).containsExactly(Code.OVERLOADED);

        rig.clock.pass(OVERLOAD);
        client.sends(Probe.event(2));
        rig.settle();

        assertThat(client.peer.answers).hasSize(1);
        rig.node.room = 64;
        rig.settle();
        assertThat(codes(client)).containsExactly(Code.OVERLOADED, null);
    }

    @Test
    void refusalsOfTheNodeAreTyped() {
        FakeSocket client = rig.client(7);
        int number = 0;
        for (Refusal refusal :
                List.of(
                        Refusal.NOT_PRIMARY,
                        Refusal.POLICY_UNMET,
                        Refusal.FENCED,
                        Refusal.DRAINING,
                        Refusal.NO_SPACE)) {
            rig.node.refusal = refusal;
            client.sends(Probe.event(++number));
            client.sends(RawClient.request(++number, Tag.QUERY_HIGHEST_REQUEST, new byte[0]));
            rig.settle();
            assertThat(client.peer.answers).extracting(Answer::code).last().isNotNull();
            assertThat(codes(client).subList(number - 2, number)).containsOnly(Code.of(refusal));
        }
        assertThat(numbers(client)).isSorted().hasSize(number);
    }

    @Test
    void aRepeatIsToldTheFirstOutcomeAndNumberZeroIsNeverARepeat() {
        FakeSocket client = rig.client(7);
        client.sends(Probe.event(1));
        client.sends(Probe.event(1));
        client.sends(Probe.frame(1, Probe.EVENT, Probe.APPLIED, 1, 12, 99));
        client.sends(Probe.event(0));
        client.sends(Probe.event(0));

        rig.settle();

        assertThat(client.peer.answers)
                .extracting(Answer::isDuplicate)
                .containsExactly(false, true, false, false, false);
        assertThat(codes(client)).containsExactly(null, null, Code.ID_CONFLICT, null, null);
    }

    @Test
    void theHighestRequestIsThatOfTheAsker() {
        FakeSocket client = rig.client(77);
        client.sends(RawClient.request(5, Tag.QUERY_HIGHEST_REQUEST, new byte[0]));

        rig.settle();

        Answer answer = client.peer.answers.element();
        assertThat(answer.request()).isEqualTo(5);
        assertThat(answer.reports()).containsExactly(new byte[] {77, 0, 0, 0, 0, 0, 0, 0});
    }

    private static List<Long> numbers(FakeSocket client) {
        return client.peer.answers.stream().map(Answer::request).toList();
    }

    private static List<@Nullable Code> codes(FakeSocket client) {
        List<@Nullable Code> codes = new ArrayList<>();
        client.peer.answers.forEach(answer -> codes.add(answer.code()));
        return codes;
    }
}
