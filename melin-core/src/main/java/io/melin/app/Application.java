package io.melin.app;

import java.io.IOException;
import java.time.Duration;

/**
 * The deterministic, single-threaded logic that a node runs.
 *
 * <p>State must be a pure function of the start state and the ordered events with their contexts:
 * no wall clock, no random numbers, no hash iteration order, no configuration read at run time. The
 * bean is a prototype: only its {@link #fresh()} twins ever run, each on one thread.
 *
 * @param <E> the event type, decoded by a {@link Codec}
 * @param <R> the report type, encoded by a {@link Codec}
 */
public interface Application<E, R> {

    /**
     * Applies one event.
     *
     * @throws EventRejected before anything was changed; the same on every node. Any other
     *     throwable stops the node, since a skipped event is a silent divergence.
     */
    void apply(E event, EventContext context, Reports<R> reports);

    /**
     * How often a tick is journaled while no event moves the time. Zero: no ticks are journaled.
     */
    default Duration tickInterval() {
        return Duration.ZERO;
    }

    /**
     * Called when journaled time has advanced, before the event that advanced it is applied. Times
     * passed to successive calls strictly increase and are identical on every replay.
     */
    default void tick(EventContext context, Reports<R> reports) {}

    /** An empty twin with the same configuration; never this object, never shared state. */
    Application<E, R> fresh();

    /** Writes the whole state, in an order that depends on the state alone. */
    void snapshot(SnapshotWriter out) throws IOException;

    /** Reads what {@link #snapshot} of the given {@link #version()} wrote, to the last byte. */
    void restore(SnapshotReader in, int version) throws IOException;

    /** Version of state layout and behaviour, 1 to 65,535. */
    default int version() {
        return 1;
    }

    /**
     * The oldest version whose events this one applies with the very outcome that they had, at most
     * {@link #version()}. Events of older ones are taken only as part of a snapshot.
     */
    default int oldestVersion() {
        return version();
    }

    /** A running digest of the state; 0 if none is offered. */
    default long digest() {
        return 0;
    }
}
