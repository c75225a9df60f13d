package io.melin.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Submits events to the one order and asks the application questions.
 *
 * <p>Threading: any number of threads. Futures complete on a completion thread, never on a stage; a
 * callback that blocks holds back other completions, so hand long work on.
 *
 * <p>Futures fail with {@link MelinRefusedException} (surely not applied), {@link
 * EventRejectedException} (declared by the application) or {@link MelinUnknownOutcomeException}.
 */
public interface MelinOperations<E, R> {

    /** Submits without an id. */
    CompletableFuture<MelinResult<R>> submit(E event);

    /** Submits; the same id with the same payload returns the first outcome. */
    CompletableFuture<MelinResult<R>> submit(E event, EventId id);

    /**
     * Submits and waits.
     *
     * @throws MelinUnknownOutcomeException after {@code timeout}, or when the thread is interrupted
     *     (its flag stays set): the event may still be applied
     */
    MelinResult<R> submitAndWait(E event, EventId id, Duration timeout);

    /** Asks with {@link Consistency#DURABLE}. */
    default <A extends Application<E, R>, T> CompletableFuture<T> query(
            Class<A> type, Query<A, T> query) {
        return query(type, query, Consistency.DURABLE);
    }

    /** Asks on the application's thread, after every event that was submitted before. */
    <A extends Application<E, R>, T> CompletableFuture<T> query(
            Class<A> type, Query<A, T> query, Consistency consistency);
}
