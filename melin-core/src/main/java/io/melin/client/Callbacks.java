package io.melin.client;

import io.melin.app.MelinResult;
import org.jspecify.annotations.Nullable;

/**
 * Decodes answers and completes futures, on a thread of its own: what callers hang on a future
 * cannot hold up the loop.
 *
 * <p>Threading: {@link #run} is the callback thread; {@link #drain} may also be called by whoever
 * closes the client.
 */
final class Callbacks<Q, R> implements Runnable {
    private static final long WAIT_NS = 1_000_000_000;

    private final CallExchange<R> exchange;
    private final ProtocolPool<Q, R> protocols;

    Callbacks(CallExchange<R> exchange, ProtocolPool<Q, R> protocols) {
        this.exchange = exchange;
        this.protocols = protocols;
    }

    @Override
    public void run() {
        boolean isLast = false;
        while (!isLast) {
            isLast = exchange.isAllFinished();
            drain();
            if (!isLast) {
                exchange.awaitFinished(WAIT_NS);
            }
        }
    }

    /** Completes all that are finished now. */
    void drain() {
        for (Call<R> call = exchange.nextFinished(); call != null; call = exchange.nextFinished()) {
            complete(call);
        }
    }

    private void complete(Call<R> call) {
        MelinResult<R> result = null;
        Throwable failure = null;
        try {
            result = decode(call);
        } catch (Throwable e) {
            failure = e; // of this call alone: the thread answers all others too
        }
        end(call, result, failure);
    }

    /** A callback's exception stays in its own future; an error must not end this thread either. */
    private void end(Call<R> call, @Nullable MelinResult<R> result, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                call.future.completeExceptionally(failure);
            } else if (result != null) {
                call.future.complete(result);
            }
        } catch (Throwable e) {
            System.getLogger(Callbacks.class.getName())
                    .log(System.Logger.Level.ERROR, "a callback failed", e);
        }
    }

    /** The result of a finished call, or its failure, thrown. */
    MelinResult<R> decode(Call<R> call) {
        Outcome outcome = call.outcome();
        if (outcome instanceof Outcome.Failed failed) {
            throw failed.cause();
        }
        ClientProtocol<Q, R> protocol = protocols.take();
        try {
            return outcome.result(protocol);
        } finally {
            protocols.giveBack(protocol);
        }
    }
}
