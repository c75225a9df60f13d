package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.MelinRefusedException;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.stage.Wakeup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** {@link CallExchange}, X1 and X2. */
class CallExchangeTest {

    /** X1. */
    @Test
    void theWindowFitsBothQueues() {
        CallExchange<Long> exchange = new CallExchange<>(4, 9, Wakeup.NONE);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(exchange.room().tryAcquire()).isTrue();
                assertThat(exchange.handIn(call(false))).isTrue();
            }
            assertThat(exchange.room().tryAcquire()).isFalse();
            for (Call<Long> call = exchange.next(); call != null; call = exchange.next()) {
                exchange.finish(call, new Outcome.Failed(CallExchange.closed()));
            }
            assertThat(exchange.room().availablePermits()).as("not completed yet").isZero();
            while (exchange.nextFinished() != null) {}
            assertThat(exchange.room().availablePermits()).isEqualTo(4);
        }
    }

    /** X1. */
    @Test
    void moreThanTheWindowIsABug() {
        CallExchange<Long> exchange = new CallExchange<>(4, 9, Wakeup.NONE);
        for (int i = 0; i < 4; i++) {
            exchange.handIn(call(false));
        }

        assertThatThrownBy(() -> exchange.handIn(call(false))).isInstanceOf(AssertionError.class);
    }

    @Test
    void whatComesTooLateIsRefusedOrUnknown() {
        CallExchange<Long> exchange = new CallExchange<>(4, 9, Wakeup.NONE);

        assertThat(exchange.closed(call(false))).isInstanceOf(MelinRefusedException.class);
        assertThat(exchange.closed(call(true))).isInstanceOf(MelinUnknownOutcomeException.class);
    }

    /** X2. */
    @Test
    void aCallThatRacesTheEndIsNeverForgotten() throws Exception {
        for (int round = 0; round < 1_000; round++) {
            CallExchange<Long> exchange = new CallExchange<>(64, 9, Wakeup.NONE);
            List<Call<Long>> accepted = new ArrayList<>();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread caller =
                    new Thread(() -> {
                        await(start);
                        for (int i = 0; i < 64; i++) {
                            Call<Long> call = call(false);
                            if (!exchange.handIn(call)) {
                                return;
                            }
                            accepted.add(call);
                        }
                    });
            caller.start();
            await(start);
            exchange.end();
            caller.join();

            assertThat(accepted).allMatch(Call::isFinished);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Call<Long> call(boolean isUsed) {
        return Call.deferred(FakeGateway.request(0, 1), new Call.Number(1, isUsed), 0);
    }
}
