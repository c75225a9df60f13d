package io.melin.spring.boot.autoconfigure;

import io.melin.app.Application;
import io.melin.app.Consistency;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Query;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The bean through which a service talks to its node; inject it as {@link MelinOperations}.
 *
 * <p>Adds to the node's own operations a limit of time for every future, after which the outcome is
 * unknown and never a failure ({@link MelinUnknownOutcomeException}; a query fails with {@link
 * TimeoutException}), and the check for submits inside a transaction.
 */
public final class MelinTemplate<E, R> implements MelinOperations<E, R> {
    private final MelinOperations<E, R> node;
    private final Duration timeout;
    private final SubmitGuard guard;

    /**
     * @param timeout zero: futures wait as long as the node does
     */
    MelinTemplate(MelinOperations<E, R> node, Duration timeout, SubmitGuard guard) {
        this.node = node;
        this.timeout = timeout;
        this.guard = guard;
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(E event) {
        guard.check();
        return limited(node.submit(event), () -> unknown(EventId.none()));
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(E event, EventId id) {
        guard.check();
        return limited(node.submit(event, id), () -> unknown(id));
    }

    @Override
    public MelinResult<R> submitAndWait(E event, EventId id, Duration timeout) {
        guard.check();
        return node.submitAndWait(event, id, timeout);
    }

    @Override
    public <A extends Application<E, R>, T> CompletableFuture<T> query(
            Class<A> type, Query<A, T> query, Consistency consistency) {
        return limited(node.query(type, query, consistency), this::unanswered);
    }

    /** A future of its own, since nobody may complete the node's from outside. */
    @SuppressWarnings("NullAway") // the value is what the node's future holds, whatever that is
    private <T> CompletableFuture<T> limited(
            CompletableFuture<T> pending, Supplier<Exception> late) {
        if (timeout.isZero() || pending.isDone()) {
            return pending;
        }
        CompletableFuture<T> limited = new CompletableFuture<>();
        CompletableFuture<Void> deadline =
                new CompletableFuture<Void>().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        pending.whenComplete((value, failure) -> {
            if (failure == null) {
                limited.complete(value);
            } else {
                limited.completeExceptionally(failure);
            }
            deadline.cancel(false); // takes the timer off its queue
        });
        deadline.whenComplete((none, end) -> {
            if (!limited.isDone()) {
                limited.completeExceptionally(late.get());
            }
        });
        return limited;
    }

    private MelinUnknownOutcomeException unknown(EventId id) {
        return new MelinUnknownOutcomeException(
                id, "no answer within melin.template.timeout: timeout=" + timeout, null);
    }

    private TimeoutException unanswered() {
        return new TimeoutException(
                "query not answered within melin.template.timeout: timeout=" + timeout);
    }
}
