package io.melin.node;

import io.melin.app.Application;
import io.melin.app.Consistency;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.Query;
import io.melin.app.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The operations of whatever run of the node is current; refuses while there is none. */
final class NodeOperations<E, R> implements MelinOperations<E, R> {
    private volatile @Nullable MelinOperations<E, R> current;

    void use(@Nullable MelinOperations<E, R> operations) {
        current = operations;
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(E event) {
        MelinOperations<E, R> running = current;
        return running == null ? refused() : running.submit(event);
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(E event, EventId id) {
        MelinOperations<E, R> running = current;
        return running == null ? refused() : running.submit(event, id);
    }

    @Override
    public MelinResult<R> submitAndWait(E event, EventId id, Duration timeout) {
        MelinOperations<E, R> running = current;
        if (running == null) {
            throw refusal();
        }
        return running.submitAndWait(event, id, timeout);
    }

    @Override
    public <A extends Application<E, R>, T> CompletableFuture<T> query(
            Class<A> type, Query<A, T> query, Consistency consistency) {
        MelinOperations<E, R> running = current;
        return running == null ? refused() : running.query(type, query, consistency);
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(refusal());
    }

    private static MelinRefusedException refusal() {
        return new MelinRefusedException(Refusal.DRAINING, "the node is not running");
    }
}
