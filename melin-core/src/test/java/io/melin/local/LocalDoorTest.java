package io.melin.local;

import static io.melin.local.LocalParts.PERMITS;
import static io.melin.local.LocalParts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.EventId;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.local.FakeNode.Taken;
import io.melin.pipeline.OutputKind;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.TraceConfig;
import io.melin.testing.CounterApplication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link LocalDoor} with {@link LocalClient} in front and {@link Completions} behind it. */
class LocalDoorTest {
    private final PipelineMeters meters =
            new PipelineMeters(TraceConfig.DEFAULT, PipelineConfig.DEFAULT);

    private LocalParts parts() {
        return LocalParts.of(CounterApplication.CODEC, CounterApplication.CODEC, meters);
    }

    /** D1. */
    @Test
    void refusesTheCallBeyondItsPermitsAndCountsIt() throws Exception {
        LocalParts parts = parts();
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        for (long i = 0; i < PERMITS; i++) {
            answers.add(parts.client().submit(i));
        }

        assertRefused(parts.client().submit(9L), Refusal.OVERLOADED);
        assertRefused(parts.query(), Refusal.OVERLOADED);
        assertThat(meters.refused(Refusal.OVERLOADED)).isEqualTo(2);
        assertThat(parts.door().inFlight()).isEqualTo(PERMITS);

        parts.serve();
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(parts.door().inFlight()).isZero();
        CompletableFuture<MelinResult<Long>> later = parts.client().submit(5L);
        parts.serve();
        assertThat(later.join()).isEqualTo(new MelinResult<>(5, 7, List.of(5L), false));
    }

    /** D1. */
    @Test
    void hasThePermitFreeBeforeACallbackRuns() throws Exception {
        LocalParts parts = parts();
        AtomicReference<CompletableFuture<MelinResult<Long>>> next = new AtomicReference<>();
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        for (long i = 0; i < PERMITS; i++) {
            answers.add(parts.client().submit(i));
        }
        answers.get(0).thenRun(() -> next.set(parts.client().submit(7L)));

        parts.serve();
        parts.serve();

        assertThat(next.get().join().reports()).containsExactly(7L);
    }

    @Test
    void holdsTheCallThatFindsNoRoomAndKeepsTheOrder() throws Exception {
        LocalParts parts = parts();
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        parts.node().room = 1;
        for (long i = 1; i <= 3; i++) {
            answers.add(parts.client().submit(i));
        }

        assertThat(parts.node().poll()).isEqualTo(1);
        assertThat(parts.node().poll()).isZero();
        parts.node().room = 1;
        answers.add(parts.client().submit(4L));
        assertThat(parts.node().poll()).isEqualTo(1);
        parts.node().room = 10;
        assertThat(parts.node().poll()).isEqualTo(2);
        parts.node().answerAll();
        parts.complete();

        for (int i = 0; i < answers.size(); i++) {
            MelinResult<Long> result = answers.get(i).join();
            assertThat(result.sequence()).isEqualTo(i + 1);
            assertThat(result.reports()).containsExactly(i + 1L);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Refusal.class, mode = EnumSource.Mode.EXCLUDE, names = "OVERLOADED")
    void tellsWhyTheIngressRefused(Refusal refusal) throws Exception {
        LocalParts parts = parts();
        parts.node().refusal = refusal;

        CompletableFuture<MelinResult<Long>> submit = parts.client().submit(1L);
        CompletableFuture<Long> query = parts.query();
        parts.serve();

        assertRefused(submit, refusal);
        assertRefused(query, refusal);
        assertThat(meters.refused(refusal)).isEqualTo(2);
        assertThat(parts.door().inFlight()).isZero();
    }

    @Test
    void refusesAHeldCallOnceTheIngressNoLongerTakesAny() throws Exception {
        LocalParts parts = parts();
        parts.node().room = 0;
        CompletableFuture<MelinResult<Long>> answer = parts.client().submit(1L);
        parts.node().poll();

        parts.node().refusal = Refusal.DRAINING;
        parts.serve();

        assertRefused(answer, Refusal.DRAINING);
    }

    /** D2. */
    @Test
    void closeRefusesWhatWasQueuedAndDoesNotKnowOfWhatWasTaken() throws Exception {
        LocalParts parts = parts();
        CompletableFuture<MelinResult<Long>> taken = parts.client().submit(1L, EventId.of(3, 4));
        CompletableFuture<Long> asked = parts.query();
        parts.node().room = 2;
        parts.node().poll();
        CompletableFuture<MelinResult<Long>> held = parts.client().submit(2L);
        parts.node().poll();
        CompletableFuture<MelinResult<Long>> queued = parts.client().submit(3L);
        IllegalStateException cause = new IllegalStateException("disk gone");

        parts.door().close(cause);
        parts.door().close(null);
        parts.node().answerAll();
        parts.node().poll();
        parts.door().background().onClose();

        assertThatThrownBy(taken::join)
                .hasRootCause(cause)
                .cause()
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        unknown -> assertThat(unknown.id()).isEqualTo(EventId.of(3, 4)));
        assertRefused(asked, Refusal.DRAINING);
        assertRefused(held, Refusal.DRAINING);
        assertRefused(queued, Refusal.DRAINING);
    }

    /** D2: nobody is left to complete it, neither a stage nor the completion thread. */
    @Test
    void refusesACallThatComesAfterTheEndHoweverManyCome() throws Exception {
        LocalParts parts = parts();
        parts.door().close(null);
        parts.door().background().onClose();

        for (int i = 0; i < 3 * PERMITS; i++) {
            assertRefused(parts.client().submit(1L), Refusal.DRAINING);
            assertRefused(parts.query(), Refusal.DRAINING);
        }
    }

    @Test
    void answersAQueryWithWhatItThrew() throws Exception {
        LocalParts parts = parts();
        IllegalStateException thrown = new IllegalStateException("not for you");

        CompletableFuture<Long> answer =
                parts.client()
                        .query(
                                CounterApplication.class,
                                (counter, live) -> {
                                    throw thrown;
                                });
        parts.serve();

        assertThatThrownBy(answer::join).hasCause(thrown);
        CompletableFuture<Long> next = parts.query();
        parts.serve();
        assertThat(next.join()).isZero();
    }

    @Test
    void answersAQueryForAnotherApplicationWithBothNames() throws Exception {
        LocalParts parts = parts();

        CompletableFuture<Long> answer =
                parts.client().query(OtherApplication.class, (other, live) -> 1L);
        parts.serve();

        assertThatThrownBy(answer::join)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(OtherApplication.class.getName())
                .hasMessageContaining(CounterApplication.class.getName());
    }

    @Test
    void tellsWhatBecameOfAnEvent() throws Exception {
        LocalParts parts = parts();
        CompletableFuture<MelinResult<Long>> empty = parts.client().submit(1L);
        CompletableFuture<MelinResult<Long>> rejected = parts.client().submit(2L);
        CompletableFuture<MelinResult<Long>> conflict = parts.client().submit(3L);
        CompletableFuture<MelinResult<Long>> unknown =
                parts.client().submit(4L, EventId.of("four"));
        parts.node().poll();
        List<Taken> taken = List.copyOf(parts.node().taken);

        parts.node().deliver(taken.get(0), OutputKind.EMPTY, new byte[0]);
        parts.node()
                .deliver(
                        taken.get(1),
                        OutputKind.REJECTED,
                        "zu spät".getBytes(StandardCharsets.UTF_8));
        parts.node().deliver(taken.get(2), OutputKind.ID_CONFLICT, new byte[0]);
        parts.node().deliver(taken.get(3), OutputKind.UNKNOWN_OUTCOME, new byte[0]);
        parts.complete();

        assertThat(empty.join()).isEqualTo(new MelinResult<>(1, 7, List.of(), false));
        assertThatThrownBy(rejected::join)
                .cause()
                .isInstanceOfSatisfying(
                        EventRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo("zu spät"));
        assertRefused(conflict, Refusal.ID_CONFLICT);
        assertThatThrownBy(unknown::join)
                .cause()
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        e -> assertThat(e.id()).isEqualTo(EventId.of("four")));
    }

    @Test
    void waitsNoLongerThanItWasTold() {
        LocalParts parts = parts();

        assertThatThrownBy(() ->
                        parts.client().submitAndWait(1L, EventId.of(1, 2), Duration.ofMillis(1)))
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        unknown -> assertThat(unknown.id()).isEqualTo(EventId.of(1, 2)));
    }

    @Test
    void waitsForEverIfItWasToldSo() {
        LocalParts parts = parts();
        parts.door().close(null);

        assertThatThrownBy(() ->
                        parts.client()
                                .submitAndWait(
                                        1L, EventId.none(), Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(MelinRefusedException.class);
    }

    @Test
    void doesNotKnowTheOutcomeWhenInterrupted() {
        LocalParts parts = parts();
        Thread.currentThread().interrupt();

        assertThatThrownBy(
                        () -> parts.client().submitAndWait(1L, EventId.none(), Duration.ofDays(1)))
                .isInstanceOf(MelinUnknownOutcomeException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private interface OtherApplication extends Application<Long, Long> {}
}
