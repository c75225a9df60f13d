package io.melin.local;

import io.melin.app.Application;
import io.melin.app.Consistency;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Query;
import io.melin.app.Refusal;
import io.melin.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Submits to a {@link LocalDoor}. Threading: any number of threads. */
public final class LocalClient<E, R> implements MelinOperations<E, R> {
    private final LocalDoor<E, R> door;
    private final TimeSource time;

    public LocalClient(LocalDoor<E, R> door, TimeSource time) {
        this.door = door;
        this.time = time;
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(E event) {
        return submit(event, EventId.none());
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(E event, EventId id) {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(id, "id");
        long receivedNs = time.tickerNs();
        Call<E, R> call = door.permit();
        if (call == null) {
            return CompletableFuture.failedFuture(door.noPermit());
        }
        RuntimeException malformed;
        boolean isReady = false;
        try {
            malformed = prepare(call, event);
            isReady = malformed == null;
        } finally {
            if (!isReady) {
                door.giveBack(call);
            }
        }
        if (malformed != null) {
            return CompletableFuture.failedFuture(malformed);
        }
        call.id = id;
        call.receivedNs = receivedNs;
        return handIn(call);
    }

    /** Encodes and checks on the caller's thread: nothing undecodable may get a sequence. */
    private @Nullable RuntimeException prepare(Call<E, R> call, E event) {
        try {
            int bytes = call.events.size(event);
            if (bytes > door.payloadBytesMax()) {
                return door.refused(
                        Refusal.TOO_LARGE,
                        "event is over the limit: bytes="
                                + bytes
                                + ", max="
                                + door.payloadBytesMax());
            }
            boolean valid = call.events.isValid(call.encode(event, bytes));
            call.whole(bytes);
            return valid
                    ? null
                    : door.refused(Refusal.MALFORMED, "the codec does not accept its own bytes");
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Override
    public MelinResult<R> submitAndWait(E event, EventId id, Duration timeout) {
        long timeoutNs = TimeUnit.NANOSECONDS.convert(timeout);
        CompletableFuture<MelinResult<R>> answer = submit(event, id);
        try {
            return answer.get(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new MelinUnknownOutcomeException(id, "the node failed", e.getCause());
        } catch (TimeoutException e) {
            throw new MelinUnknownOutcomeException(id, "no answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MelinUnknownOutcomeException(id, "interrupted while waiting", e);
        }
    }

    @Override
    public <A extends Application<E, R>, T> CompletableFuture<T> query(
            Class<A> type, Query<A, T> query, Consistency consistency) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(consistency, "consistency");
        long receivedNs = time.tickerNs();
        Call<E, R> call = door.permit();
        if (call == null) {
            return CompletableFuture.failedFuture(door.noPermit());
        }
        call.ask(type, query, consistency);
        call.receivedNs = receivedNs;
        return handIn(call);
    }

    /** The completion thread completes a future with the type that its call asked for. */
    @SuppressWarnings("unchecked")
    private <T> CompletableFuture<T> handIn(Call<E, R> call) {
        CompletableFuture<?> future = call.future;
        door.handIn(call);
        return (CompletableFuture<T>) future;
    }
}
