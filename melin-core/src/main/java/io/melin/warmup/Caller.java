package io.melin.warmup;

import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests in flight, now one, now a few, now {@link #WINDOW}: each makes batches of another
 * size. Threading: one thread calls, any completes.
 */
final class Caller {
    static final int WINDOW = 256;

    private final Semaphore room = new Semaphore(WINDOW);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * Makes a request once no more than {@code window} will be in flight with it.
     *
     * @param window 1 to {@link #WINDOW}, a power of two
     * @throws IllegalStateException if an earlier one has failed otherwise than by a rejection; by
     *     then none is in flight
     */
    void call(int window, Request request) {
        int share = WINDOW / window;
        room.acquireUninterruptibly(share);
        if (failure.get() != null) {
            room.release(share);
            await();
        }
        request.send()
                .whenComplete((result, thrown) -> {
                    if (thrown != null && !(cause(thrown) instanceof EventRejectedException)) {
                        failure.updateAndGet(known -> graver(known, cause(thrown)));
                    }
                    room.release(share);
                });
    }

    /** Waits for what is in flight, and fails if any of it did. */
    void await() {
        room.acquireUninterruptibly(WINDOW);
        room.release(WINDOW);
        check();
    }

    /** A refusal only says that something else has happened: the others know what. */
    private static Throwable graver(@Nullable Throwable known, Throwable next) {
        return known == null || known instanceof MelinRefusedException ? next : known;
    }

    private void check() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException(thrown.toString(), thrown);
        }
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }

    /** Sends it. */
    @FunctionalInterface
    interface Request {
        CompletableFuture<?> send();
    }
}
