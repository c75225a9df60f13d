package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.Consistency;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Query;
import io.melin.app.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MelinTemplateTest {
    private static final EventId ID = EventId.of(7, 1);
    private static final MelinResult<String> DONE = new MelinResult<>(3, 4, List.of("r"), false);

    private final PendingNode node = new PendingNode();
    private final MelinTemplate<String, String> template =
            new MelinTemplate<>(node, Duration.ofSeconds(30), SubmitGuard.NONE);

    /** A node that answers when the test says so. */
    private static final class PendingNode implements MelinOperations<String, String> {
        private CompletableFuture<MelinResult<String>> pending = new CompletableFuture<>();
        private int submits;

        @Override
        public CompletableFuture<MelinResult<String>> submit(String event) {
            return submit(event, EventId.none());
        }

        @Override
        public CompletableFuture<MelinResult<String>> submit(String event, EventId id) {
            submits++;
            return pending;
        }

        @Override
        public MelinResult<String> submitAndWait(String event, EventId id, Duration timeout) {
            submits++;
            return pending.join();
        }

        @Override
        public <A extends Application<String, String>, T> CompletableFuture<T> query(
                Class<A> type, Query<A, T> query, Consistency consistency) {
            return new CompletableFuture<>();
        }
    }

    private static void submitHere(MelinTemplate<String, String> template) {
        assertThat(template.submit("e")).isNotNull();
    }

    private static void submitThere(MelinTemplate<String, String> template) {
        assertThat(template.submit("e", ID)).isNotNull();
    }

    @Test
    void passesTheAnswerOn() {
        CompletableFuture<MelinResult<String>> answer = template.submit("e", ID);
        assertThat(answer).isNotDone();

        node.pending.complete(DONE);

        assertThat(answer).isCompletedWithValue(DONE);
    }

    @Test
    void passesARefusalOnWithoutAWrapper() {
        MelinRefusedException refused = new MelinRefusedException(Refusal.OVERLOADED, "full");
        AtomicReference<@Nullable Throwable> seen = new AtomicReference<>();
        template.submit("e").whenComplete((result, failure) -> seen.set(failure));

        node.pending.completeExceptionally(refused);

        assertThat(seen.get()).isSameAs(refused);
    }

    @Test
    void callsALateOutcomeUnknownAndKeepsTheNodesFuture() {
        MelinTemplate<String, String> hasty =
                new MelinTemplate<>(node, Duration.ofMillis(1), SubmitGuard.NONE);

        assertThatThrownBy(() -> hasty.submit("e", ID).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        unknown -> assertThat(unknown.id()).isEqualTo(ID))
                .hasMessageContaining("melin.template.timeout");
        assertThat(node.pending).isNotDone();
    }

    @Test
    void callsALateQueryLate() {
        MelinTemplate<String, String> hasty =
                new MelinTemplate<>(node, Duration.ofMillis(1), SubmitGuard.NONE);
        Class<Application<String, String>> type = applicationType();

        assertThatThrownBy(
                        () -> hasty.query(type, (application, live) -> 1).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(TimeoutException.class);
    }

    @SuppressWarnings("unchecked")
    private static Class<Application<String, String>> applicationType() {
        return (Class<Application<String, String>>) (Class<?>) Application.class;
    }

    @Test
    void setsNoLimitWhenTheLimitIsZero() {
        MelinTemplate<String, String> patient =
                new MelinTemplate<>(node, Duration.ZERO, SubmitGuard.NONE);

        assertThat(patient.submit("e")).isSameAs(node.pending);
    }

    @Test
    void refusesASubmitInsideATransactionBeforeItIsMade() {
        MelinTemplate<String, String> strict =
                new MelinTemplate<>(node, Duration.ZERO, new TransactionGuard(() -> true, true));

        assertThatThrownBy(() -> strict.submit("e"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MelinTemplateTest")
                .hasMessageContaining("melin.template.in-transaction");
        assertThatThrownBy(() -> strict.submitAndWait("e", ID, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(node.submits).isZero();
    }

    @Test
    void warnsOnceForEachPlace(CapturedOutput output) {
        MelinTemplate<String, String> warning =
                new MelinTemplate<>(node, Duration.ZERO, new TransactionGuard(() -> true, false));

        for (int round = 0; round < 3; round++) {
            submitHere(warning);
            submitThere(warning);
        }

        assertThat(node.submits).isEqualTo(6);
        assertThat(output.getAll().split("submit inside a transaction", -1)).hasSize(3);
        assertThat(output).contains("submitHere", "submitThere");
    }

    @Test
    void saysNothingOutsideATransaction(CapturedOutput output) {
        MelinTemplate<String, String> strict =
                new MelinTemplate<>(node, Duration.ZERO, new TransactionGuard(() -> false, true));

        submitHere(strict);

        assertThat(output).doesNotContain("submit inside a transaction");
    }
}
