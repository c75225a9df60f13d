package io.melin.bench.part;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Keeps a window of requests in flight whose answers are futures. It waits for the oldest, takes
 * all that are done by then, and makes as many new requests together. A latency starts before its
 * request is made, and ends when this thread sees its answer. Threading: one.
 *
 * @param <T> what a future brings
 */
public final class FutureLoop<T> {
    private final Supplier<CompletableFuture<T>> requests;
    private final ToLongFunction<T> number;
    private final Deque<Sent<T>> inFlight = new ArrayDeque<>();
    private long last;

    private record Sent<T>(long startedNs, CompletableFuture<T> answer) {}

    /**
     * @param number of an answer, one more than that of the answer to the request before; throws if
     *     the request was not done
     */
    public FutureLoop(Supplier<CompletableFuture<T>> requests, ToLongFunction<T> number) {
        this.requests = requests;
        this.number = number;
    }

    /**
     * Returns when the recording is over and all is answered.
     *
     * @throws java.util.concurrent.CompletionException if a request fails
     */
    public void run(int window, Recording recording) {
        long nowNs = System.nanoTime();
        while (!recording.isOver(nowNs)) {
            while (inFlight.size() < window) {
                inFlight.add(new Sent<>(System.nanoTime(), requests.get()));
            }
            nowNs = take(recording);
        }
        while (!inFlight.isEmpty()) {
            take(recording);
        }
    }

    /** The oldest and all that are done, one or more. */
    private long take(Recording recording) {
        inFlight.element().answer.join();
        long nowNs = System.nanoTime();
        while (!inFlight.isEmpty() && inFlight.element().answer.isDone()) {
            Sent<T> sent = inFlight.remove();
            recording.record(sent.startedNs, nowNs);
            check(number.applyAsLong(sent.answer.join()));
        }
        return nowNs;
    }

    private void check(long next) {
        if (last != 0 && next != last + 1) {
            throw new IllegalStateException("out of turn: next=" + next + ", last=" + last);
        }
        last = next;
    }
}
