package io.melin.client;

import static io.melin.client.ClientSessionTest.causeOf;
import static io.melin.client.ClientSessionTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.wire.Code;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@link Calls} over several connections, L1 to L4, and where {@link ClientSession} connects. */
class ReconnectTest {

    /** L2. */
    @Test
    void whatWasNotAnsweredGoesOutAgainWithTheSameBytesInOrder() {
        Bench bench = Bench.ready(Bench.config());
        for (long value = 1; value <= 5; value++) {
            bench.submit(value);
        }
        bench.step();
        byte[] first = bench.transport.take();
        bench.cut("cable");
        bench.submit(6);

        bench.passPause();
        bench.step();
        bench.receive();
        bench.send();
        bench.receive();
        bench.step();

        byte[] again = bench.transport.take();
        assertThat(again).startsWith(first).endsWith(FakeGateway.request(6, 6));
    }

    @Test
    void aDuplicateIsTheFirstOutcome() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> future = bench.submit(2);
        bench.step();
        bench.send(); // applied
        bench.cut("before the answer");
        bench.passPause();

        bench.settle();

        assertThat(future).isCompletedWithValue(new MelinResult<>(1, 7, List.of(2L, 2L), true));
        assertThat(bench.gateway.order).containsExactly(2L);
    }

    @Test
    void halfAnAnswerIsForgottenWithItsConnection() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> future = bench.submit(2);
        bench.step();
        bench.send();
        byte[] answer = bench.peer().take();
        bench.give(java.util.Arrays.copyOf(answer, answer.length - 1));
        bench.cut("one byte short");
        bench.passPause();

        bench.settle();

        assertThat(future.join().reports()).containsExactly(2L, 2L);
    }

    /** L3. */
    @Test
    void nobodySendsNothingTwice() {
        Bench bench = Bench.ready(Bench.config().withIdentity(ClientIdentity.none()));
        CompletableFuture<MelinResult<Long>> sent = bench.submit(1);
        bench.step();
        bench.send();
        CompletableFuture<MelinResult<Long>> waiting = bench.submit(2);
        bench.cut("cable");

        assertThat(causeOf(sent))
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        e -> assertThat(e.id()).isEqualTo(EventId.none()));
        bench.passPause();
        bench.settle();
        assertThat(waiting.join().reports()).hasSize(2);
        assertThat(bench.gateway.order).containsExactly(1L, 2L);
        assertThatThrownBy(() -> bench.client.submit(3L, 3))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(bench.client::reserveNumber).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOverdueRequestIsUnknownAndCanBeAskedForByItsNumber() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> future = bench.submit(2);
        bench.step();
        bench.send();
        byte[] late = bench.peer().take();
        keepAlive(bench, 10_000);

        assertThat(causeOf(future))
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        e -> assertThat(e.id()).isEqualTo(EventId.of(9, 1)));
        CompletableFuture<MelinResult<Long>> repeated = bench.client.submit(2L, 1);
        bench.step();
        bench.give(late);
        assertThat(repeated).as("the late answer is that of the first attempt").isNotDone();
        bench.settle();
        assertThat(repeated).isCompletedWithValue(new MelinResult<>(1, 7, List.of(2L, 2L), true));
        assertThat(bench.gateway.order).containsExactly(2L);
    }

    private static void keepAlive(Bench bench, long ms) {
        for (long i = 0; i < ms; i += 1_000) {
            bench.time.advanceMs(1_000);
            bench.peer().heartbeat();
            bench.give(bench.peer().take());
            bench.step();
            bench.transport.take();
        }
    }

    @Test
    void whatWasNeverSentIsRefusedAtItsDeadline() {
        Bench bench = new Bench(Bench.config());
        bench.step();
        CompletableFuture<MelinResult<Long>> future = bench.submit(1);
        CompletableFuture<MelinResult<Long>> own = bench.client.submit(2L, 55);
        bench.cut("nobody there");

        bench.time.advance(ClientTimeouts.DEFAULT.request());
        bench.step();

        assertThat(refusal(future)).isEqualTo(Refusal.DRAINING);
        assertThat(causeOf(future)).hasMessageContaining("nobody there");
        assertThat(causeOf(own))
                .as("it may have been sent by a predecessor")
                .isInstanceOf(MelinUnknownOutcomeException.class);
    }

    @Test
    void aRequestThatMayHaveBeenAppliedIsNeverRefused() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> future = bench.submit(2);
        bench.step();
        bench.send();
        bench.cut("before the answer");
        bench.gateway.refusal = value -> Code.OVERLOADED;
        bench.passPause();
        bench.settle();
        assertThat(future).isNotDone();

        bench.gateway.refusal = value -> null;
        bench.passPause();
        bench.settle();

        assertThat(future.join().duplicate()).isTrue();
    }

    @Test
    void refusalsAreRetriedIfAskedForUntilTheDeadline() {
        Bench bench = Bench.ready(Bench.config().withRetriesRefusals(true));
        bench.gateway.refusal = value -> value == 1 ? Code.POLICY_UNMET : null;
        CompletableFuture<MelinResult<Long>> first = bench.submit(1);
        CompletableFuture<MelinResult<Long>> second = bench.submit(2);
        bench.settle();
        assertThat(first).isNotDone();
        assertThat(second).isCompleted();

        bench.passPause();
        bench.settle();
        assertThat(first).isNotDone();
        for (int i = 0; i < 100; i++) {
            bench.passPause();
            bench.settle();
        }

        assertThat(refusal(first)).isEqualTo(Refusal.POLICY_UNMET);
        assertThat(bench.gateway.order).containsExactly(2L);
    }

    @Test
    void aRefusedRequestGoesOutBeforeNewOnesAfterThePause() {
        Bench bench = Bench.ready(Bench.config().withRetriesRefusals(true));
        bench.gateway.refusal = value -> Code.OVERLOADED;
        bench.submit(1);
        bench.submit(2);
        bench.settle();
        bench.gateway.refusal = value -> null;
        bench.submit(3);

        bench.passPause();
        bench.settle();

        assertThat(bench.gateway.order).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusalsFailAtOnceByDefault() {
        Bench bench = Bench.ready(Bench.config());
        bench.gateway.refusal = value -> Code.OVERLOADED;
        long reserved = bench.client.reserveNumber();
        CompletableFuture<MelinResult<Long>> next = bench.submit(1);
        CompletableFuture<MelinResult<Long>> own = bench.client.submit(2L, reserved);

        bench.settle();

        assertThat(refusal(next)).isEqualTo(Refusal.OVERLOADED);
        assertThat(refusal(own)).as("its number was surely fresh").isEqualTo(Refusal.OVERLOADED);
    }

    /** L4. */
    @Test
    void noNumberIsSentThatWouldPushAnOpenOneOutOfTheServersWindow() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> first = bench.submit(1);
        bench.step();
        bench.cut("cable");
        long number = 0;
        for (int i = 0; i < 2_000; i++) {
            number = bench.client.reserveNumber();
        }
        CompletableFuture<MelinResult<Long>> later = bench.client.submit(3L, number);
        bench.passPause();
        bench.step();
        bench.receive();
        bench.send();
        bench.receive();
        bench.step();

        int frameBytes = FakeGateway.request(1, 1).length;
        assertThat(bench.send()).isEqualTo(frameBytes);
        bench.settle();
        assertThat(first.join().reports()).containsExactly(1L);
        assertThat(later).isCompleted();
    }

    @Test
    void anExplicitNumberOfAnyOrderIsSentInTheOrderOfSubmits() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> high = bench.client.submit(3L, 5_000);
        CompletableFuture<MelinResult<Long>> low = bench.client.submit(4L, 1);
        CompletableFuture<MelinResult<Long>> next = bench.submit(6);

        bench.settle();

        assertThat(high).isCompleted();
        assertThat(causeOf(low)).isInstanceOf(MelinUnknownOutcomeException.class);
        assertThat(next).isCompleted();
        assertThat(bench.gateway.applied).containsOnlyKeys(5_000L, 5_001L);
    }

    @Test
    void anotherPayloadUnderAUsedNumberIsAConflict() {
        Bench bench = Bench.ready(Bench.config());
        bench.client.submit(3L, 1);
        bench.settle();

        CompletableFuture<MelinResult<Long>> other = bench.client.submit(4L, 1);
        bench.settle();

        assertThat(refusal(other)).isEqualTo(Refusal.ID_CONFLICT);
    }

    @Test
    void serversAreTriedInTurn() {
        ClientConfig config = Bench.config();
        Bench bench =
                new Bench(
                        new ClientConfig(
                                List.of(Bench.FIRST, Bench.SECOND),
                                config.identity(),
                                config.limits(),
                                config.timeouts(),
                                config.reconnect(),
                                false,
                                null));
        for (int i = 0; i < 4; i++) {
            bench.step();
            bench.cut("refused");
            bench.passPause();
        }

        assertThat(bench.transport.connects)
                .containsExactly(Bench.FIRST, Bench.SECOND, Bench.FIRST, Bench.SECOND);
    }

    @Test
    void theNamedPrimaryIsFollowedWhenAllAnswersHaveCome() {
        Bench bench = Bench.ready(Bench.config());
        bench.gateway.refusal = value -> Code.NOT_PRIMARY;
        bench.gateway.text = "primary:7301";
        CompletableFuture<MelinResult<Long>> first = bench.submit(1);
        CompletableFuture<MelinResult<Long>> second = bench.submit(2);
        bench.step();
        bench.send();
        bench.gateway.refusal = value -> null;
        bench.settle();
        CompletableFuture<MelinResult<Long>> third = bench.submit(3);
        bench.settle();

        for (CompletableFuture<MelinResult<Long>> refused : List.of(first, second)) {
            assertThat(causeOf(refused))
                    .isInstanceOfSatisfying(
                            MelinRefusedException.class,
                            e -> {
                                assertThat(e.refusal()).isEqualTo(Refusal.NOT_PRIMARY);
                                assertThat(e.primary()).isEqualTo("primary:7301");
                            });
        }
        assertThat(third).isCompleted();
        assertThat(bench.transport.connects)
                .containsExactly(Bench.FIRST, new ServerAddress("primary", 7301));
    }

    @Test
    void twoNodesThatNameEachOtherAreAskedMoreAndMoreSeldom() {
        Bench bench = Bench.ready(Bench.config().withRetriesRefusals(true));
        bench.gateway.refusal = value -> Code.NOT_PRIMARY;
        CompletableFuture<MelinResult<Long>> future = bench.submit(1);
        for (int i = 0; i < 5_000 && !future.isDone(); i++) {
            bench.gateway.text = "node" + i % 2 + ":7301";
            bench.time.advanceMs(1);
            bench.settle();
        }

        assertThat(bench.transport.connects).hasSizeBetween(50, 700);
    }

    @Test
    void anotherClientOfTheSameNameIsGivenWayAndItsNumbersAreLearned() {
        Bench bench = Bench.ready(Bench.config());
        bench.gateway.startAt(500);
        bench.peer().end(Code.SUPERSEDED);
        bench.receive();
        assertThatThrownBy(bench.client::reserveNumber).isInstanceOf(IllegalStateException.class);

        bench.passPause();
        bench.settle();

        assertThat(bench.client.reserveNumber()).isEqualTo(501);
    }

    @Test
    void closeEndsEverythingInFlightOnce() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> sent = bench.submit(1);
        bench.step();
        CompletableFuture<MelinResult<Long>> handedIn = bench.submit(2);
        List<Object> ends = new ArrayList<>();
        sent.whenComplete((result, failure) -> ends.add("sent"));
        handedIn.whenComplete((result, failure) -> ends.add("handed in"));

        bench.client.session().end("closed");
        bench.client.callbacks().drain();
        bench.client.session().onBytes(ByteBuffer.wrap(new byte[] {1}));

        assertThat(causeOf(sent)).isInstanceOf(MelinUnknownOutcomeException.class);
        assertThat(refusal(handedIn)).isEqualTo(Refusal.DRAINING);
        assertThat(ends).containsExactly("sent", "handed in");
        assertThat(refusal(bench.submit(3))).isEqualTo(Refusal.DRAINING);
        assertThat(bench.client.state()).isEqualTo(ClientState.CLOSED);
        assertThatThrownBy(() -> bench.client.awaitReady(Duration.ofDays(1)))
                .isInstanceOf(MelinClientException.class);
    }

    @Test
    void aDiscardedAnswerKeepsItsPlace() {
        Bench bench = Bench.ready(Bench.config());
        bench.submit(1);
        bench.step();
        keepAlive(bench, 10_000);
        CompletableFuture<MelinResult<Long>> second = bench.submit(2);
        bench.step();
        bench.peer().onBytes(ByteBuffer.wrap(FakeGateway.request(1, 1)));
        bench.settle();

        assertThat(second.join().reports()).containsExactly(2L, 2L);
        assertThat(bench.gateway.applied.get(1L)).isEqualTo(new FakeGateway.Applied(1, 1));
    }
}
