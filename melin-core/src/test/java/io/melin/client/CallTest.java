package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import org.junit.jupiter.api.Test;

/** {@link Call}, K1 to K3, and {@link AnswerBytes}, B1. */
class CallTest {

    /** K1. */
    @Test
    void itsNumberIsForLifeAndInItsFrame() {
        Call<Long> call =
                Call.deferred(FakeGateway.request(0, 5), Call.Number.NONE, Long.MAX_VALUE);
        assertThat(call.number()).isZero();

        assertThat(call.assign(7)).isTrue();

        assertThat(call.assign(8)).isFalse();
        assertThat(call.number()).isEqualTo(7);
        assertThat(call.frame).isEqualTo(FakeGateway.request(7, 5));
        assertThat(call.id(9)).isEqualTo(EventId.of(9, 7));
        assertThat(call.id(0)).isEqualTo(EventId.none());
    }

    /** K2. */
    @Test
    void isEitherNumberedOrAbandoned() throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            Call<Long> call =
                    Call.direct(FakeGateway.request(0, 5), Call.Number.NONE, Long.MAX_VALUE);
            boolean[] isNumbered = new boolean[1];
            Thread loop = new Thread(() -> isNumbered[0] = call.assign(1));
            loop.start();
            boolean isAbandoned = call.abandon();
            loop.join();

            assertThat(isAbandoned).isNotEqualTo(isNumbered[0]);
            assertThat(call.isAbandoned()).isEqualTo(isAbandoned);
        }
    }

    /** K3. */
    @Test
    void endsOnce() {
        Call<Long> call = Call.deferred(FakeGateway.request(0, 5), new Call.Number(3, true), 100);
        Outcome outcome = new Outcome.Failed(CallExchange.closed());
        assertThatThrownBy(call::outcome).isInstanceOf(AssertionError.class);

        call.finish(outcome);

        assertThatThrownBy(() -> call.finish(outcome)).isInstanceOf(AssertionError.class);
        assertThat(call.outcome()).isSameAs(outcome);
    }

    @Test
    void mayBeAppliedWhileAnAttemptIsOpen() {
        Call<Long> call = Call.deferred(FakeGateway.request(0, 5), Call.Number.NONE, 100);
        assertThat(call.mayBeApplied()).isFalse();
        call.sent();
        assertThat(call.mayBeApplied()).isTrue();
        call.sent();
        call.answered();
        assertThat(call.mayBeApplied()).as("the first attempt was never answered").isTrue();
        call.answered();
        assertThat(call.mayBeApplied()).isFalse();

        assertThat(
                        Call.deferred(FakeGateway.request(0, 5), new Call.Number(3, true), 100)
                                .mayBeApplied())
                .isTrue();
    }

    /** B1. */
    @Test
    void answerBytesNeverExceedTheirLimit() {
        AnswerBytes bytes = new AnswerBytes(1_000);
        bytes.add(java.nio.ByteBuffer.allocate(496));
        bytes.add(java.nio.ByteBuffer.allocate(496));
        assertThat(bytes.isOver()).isFalse();
        bytes.add(java.nio.ByteBuffer.allocate(1));
        assertThat(bytes.isOver()).isTrue();
        bytes.add(java.nio.ByteBuffer.allocate(100_000_000));

        assertThat(bytes.take()).hasSize(1_000);
        assertThat(bytes.isOver()).isFalse();
        assertThat(bytes.take()).isEmpty();
    }
}
