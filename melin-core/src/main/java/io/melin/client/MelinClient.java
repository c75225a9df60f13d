package io.melin.client;

import io.melin.app.MelinResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Submits requests to a node over the network.
 *
 * <p>A future ends in a result or in one of these: {@link io.melin.app.MelinRefusedException}
 * (surely not applied), {@link io.melin.app.EventRejectedException} (the application said no),
 * {@link io.melin.app.MelinUnknownOutcomeException} (submit again with the same number), {@link
 * MelinClientException} (not allowed, not known, not readable), or what the protocol threw while it
 * encoded.
 *
 * <p>Futures complete on one callback thread. A callback that blocks holds up other callbacks, and
 * in time, since answers that wait keep their room in the window, other submits; never the
 * connection. Leave long work to a thread of your own ({@code thenApplyAsync}).
 *
 * <p>Threading: any.
 */
public interface MelinClient<Q, R> extends AutoCloseable {

    /** Sends a request under the next number. When the window is full it fails, OVERLOADED. */
    CompletableFuture<MelinResult<R>> submit(Q request);

    /**
     * Sends a request under a number of the caller's: one that it reserved, or that of a request
     * whose outcome is unknown, even from before a restart. The same number and request give the
     * first outcome.
     *
     * @param number 1 or more
     * @throws IllegalStateException for a client without an identity
     */
    CompletableFuture<MelinResult<R>> submit(Q request, long number);

    /**
     * Sends a request and waits for its answer, and before that for room in the window.
     *
     * @throws IllegalStateException on the callback thread, which would wait for itself
     */
    MelinResult<R> submitAndWait(Q request, Duration timeout);

    /** As {@link #submitAndWait(Object, Duration)}, under a number of the caller's. */
    MelinResult<R> submitAndWait(Q request, long number, Duration timeout);

    /**
     * Takes a number that no other request of this client gets, to be written down before it is
     * used. Use numbers soon: a server remembers the last 1,024.
     *
     * @throws IllegalStateException before the client was ready for the first time, when it does
     *     not know yet what its predecessors used; or without an identity
     */
    long reserveNumber();

    /**
     * Waits until requests are taken.
     *
     * @throws MelinClientException if they are not in time; it says what kept them
     */
    void awaitReady(Duration timeout);

    ClientState state();

    /** Completes whatever is in flight, the outcome unknown, and ends the client's threads. */
    @Override
    void close();
}
