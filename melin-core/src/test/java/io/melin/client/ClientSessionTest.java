package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.Refusal;
import io.melin.wire.Code;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@link ClientSession} on one connection that lasts, or ends for a reason; S1 to S4. */
class ClientSessionTest {

    @Test
    void asksForTheHighestNumberFirstAndGoesOnAfterIt() {
        Bench bench = new Bench(Bench.config());
        bench.gateway.startAt(41);
        CompletableFuture<MelinResult<Long>> early = bench.submit(5);

        bench.settle();

        assertThat(early).isCompletedWithValue(new MelinResult<>(1, 7, List.of(5L, 5L), false));
        assertThat(bench.gateway.applied).containsOnlyKeys(42L);
        assertThat(bench.client.reserveNumber()).isEqualTo(43);
        assertThat(bench.client.state()).isEqualTo(ClientState.READY);
    }

    @Test
    void answersBelongToTheirRequestsInOrder() {
        Bench bench = Bench.ready(Bench.config());

        List<CompletableFuture<MelinResult<Long>>> futures =
                List.of(bench.submit(1), bench.submit(2), bench.submit(0), bench.submit(3));
        bench.settle();

        assertThat(futures.get(0).join().reports()).containsExactly(1L);
        assertThat(futures.get(1).join().reports()).containsExactly(2L, 2L);
        assertThatThrownBy(futures.get(2)::join)
                .hasCause(new EventRejectedException("ZERO", 3, false));
        assertThat(futures.get(3).join().reports()).isEmpty();
        assertThat(bench.gateway.order).containsExactly(1L, 2L, 0L, 3L);
    }

    /** S3. */
    @Test
    void neitherSidesWindowIsExceeded() {
        for (int serverWindow : new int[] {1, 3, 100}) {
            Bench bench = new Bench(Bench.config());
            bench.gateway.window = serverWindow;
            bench.settle();
            for (int i = 0; i < 8; i++) {
                bench.submit(3);
            }
            assertThat(bench.submit(3))
                    .as("C1: beyond the window")
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(MelinRefusedException.class)
                    .withMessageContaining("OVERLOADED");

            bench.step();

            int frameBytes = FakeGateway.request(1, 1).length;
            assertThat(bench.send()).isEqualTo(Math.min(serverWindow, 8) * frameBytes);
            bench.settle();
            assertThat(bench.gateway.count()).isEqualTo(8);
        }
    }

    @Test
    void writesNoMoreThanTheTransportTakes() {
        Bench bench = Bench.ready(Bench.config());
        bench.transport.hasRoom = false;
        bench.submit(1);

        bench.step();
        assertThat(bench.send()).isZero();

        bench.transport.hasRoom = true;
        bench.settle();
        assertThat(bench.gateway.order).containsExactly(1L);
    }

    @Test
    void oneFlushForABatch() {
        Bench bench = Bench.ready(Bench.config());
        int flushes = bench.transport.flushes;
        for (int i = 1; i <= 8; i++) {
            bench.submit(i);
        }

        bench.step();

        assertThat(bench.transport.flushes).isEqualTo(flushes + 1);
    }

    /** S4. */
    @Test
    void sendsAHeartbeatEachThirdOfTheIdleLimit() {
        Bench bench = Bench.ready(Bench.config());
        long waitNs = bench.step();
        assertThat(waitNs).isBetween(1L, Duration.ofSeconds(1).toNanos());

        for (int i = 1; i <= 10; i++) {
            bench.time.advanceMs(1_000);
            bench.peer().heartbeat();
            bench.receive();
            bench.step();
            bench.send();
            assertThat(bench.peer().heartbeats).isEqualTo(i);
        }
        bench.submit(1);
        bench.time.advanceMs(900);
        bench.settle();
        bench.time.advanceMs(900);
        bench.settle();
        assertThat(bench.peer().heartbeats).as("a request is a sign of life").isEqualTo(10);
    }

    /** S4: whoever sleeps as long as it is told is never late. */
    @Test
    void wakesInTimeForEachHeartbeat() {
        Bench bench = Bench.ready(Bench.config());
        long passedNs = 0;
        for (int i = 0; i < 100; i++) {
            long waitNs = bench.step();
            bench.send();
            bench.time.advance(Duration.ofNanos(waitNs));
            passedNs += waitNs;
            bench.peer().heartbeat();
            bench.receive();
        }

        long idleNs = Duration.ofMillis(bench.gateway.idleMs).toNanos();
        assertThat(bench.peer().heartbeats)
                .isGreaterThanOrEqualTo((int) (passedNs * 3 / idleNs) - 2);
        assertThat(passedNs).isGreaterThan(10 * idleNs);
    }

    @Test
    void aSilentServerIsLeft() {
        Bench bench = Bench.ready(Bench.config());

        bench.time.advance(ClientTimeouts.DEFAULT.idle());
        bench.step();

        assertThat(bench.isConnected()).isFalse();
        assertThatThrownBy(() -> bench.client.awaitReady(Duration.ZERO))
                .isInstanceOf(MelinClientException.class)
                .hasMessageContaining("silent");
    }

    @Test
    void aServerThatNeverFinishesTheGreetingIsLeft() {
        Bench bench = new Bench(Bench.config());
        bench.step();

        bench.time.advance(ClientTimeouts.DEFAULT.connect());
        bench.step();

        assertThat(bench.isConnected()).isFalse();
        bench.passPause();
        bench.settle();
        assertThat(bench.client.state()).isEqualTo(ClientState.READY);
    }

    @Test
    void whatIsTooLargeForTheServerIsRefusedAndNeverSent() {
        Bench bench = new Bench(Bench.config());
        bench.gateway.payloadMax = 4;
        bench.settle();

        CompletableFuture<MelinResult<Long>> future = bench.submit(1);
        bench.settle();

        assertThat(refusal(future)).isEqualTo(Refusal.TOO_LARGE);
        assertThat(bench.isConnected()).isTrue();
    }

    @Test
    void anAnswerThatIsTooLongFailsItsRequestAlone() {
        ClientLimits limits = new ClientLimits(8, 1 << 20, 20);
        Bench bench = Bench.ready(Bench.config().withLimits(limits));

        CompletableFuture<MelinResult<Long>> two = bench.submit(2);
        CompletableFuture<MelinResult<Long>> one = bench.submit(1);
        bench.settle();

        assertThatThrownBy(two::join)
                .hasCauseInstanceOf(MelinClientException.class)
                .hasMessageContaining("answerBytesMax=20");
        assertThat(one.join().reports()).containsExactly(1L);
    }

    @Test
    void anUnreadableAnswerFailsItsRequestAlone() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> future = bench.submit(1);
        bench.step();
        bench.transport.take();

        ClientSessionServerTest.raw(bench.peer(), Tag.REPORT, 3);
        ClientSessionServerTest.end(bench.peer(), 1);
        bench.receive();

        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOfSatisfying(
                        MelinClientException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.PROTOCOL));
        assertThat(bench.isConnected()).isTrue();
    }

    @Test
    void eachErrorOfARequestIsTyped() {
        for (Code code : Code.values()) {
            if (code.endsConnection() || code == Code.REJECTED || code == Code.UNKNOWN_OUTCOME) {
                continue;
            }
            Bench bench = Bench.ready(Bench.config());
            bench.gateway.refusal = value -> code;
            CompletableFuture<MelinResult<Long>> future = bench.submit(1);

            bench.settle();

            Throwable cause = causeOf(future);
            if (code.refusal() != null) {
                assertThat(cause)
                        .isInstanceOfSatisfying(
                                MelinRefusedException.class,
                                e -> assertThat(e.refusal()).isEqualTo(code.refusal()));
            } else {
                assertThat(cause)
                        .isInstanceOfSatisfying(
                                MelinClientException.class,
                                e -> assertThat(e.code()).isEqualTo(code));
            }
        }
    }

    @Test
    void aCodeOfALaterVersionFailsItsRequest() {
        Bench bench = Bench.ready(Bench.config());
        CompletableFuture<MelinResult<Long>> future = bench.submit(1);
        bench.step();
        bench.transport.take();

        ByteBuffer payload = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
        payload.putLong(1).put((byte) 30);
        ResponseFrame.begin(bench.peer().room(64), Tag.ERROR, 26).put(payload.array());
        bench.receive();

        assertThat(causeOf(future))
                .isInstanceOf(MelinClientException.class)
                .hasMessageContaining("30");
    }

    @Test
    void callbacksMaySubmit() {
        Bench bench = Bench.ready(Bench.config());
        List<Long> done = new ArrayList<>();
        bench.submit(1)
                .thenCompose(first -> bench.submit(2))
                .thenAccept(second -> done.add(second.sequence()));

        bench.settle();

        assertThat(done).containsExactly(2L);
    }

    static Throwable causeOf(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return future.handle(
                        (value, failure) -> {
                            if (failure == null) {
                                throw new AssertionError("it succeeded: " + value);
                            }
                            return failure;
                        })
                .join();
    }

    static Refusal refusal(CompletableFuture<?> future) {
        Throwable cause = causeOf(future);
        assertThat(cause).isInstanceOf(MelinRefusedException.class);
        return ((MelinRefusedException) cause).refusal();
    }
}
