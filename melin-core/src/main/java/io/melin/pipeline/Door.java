package io.melin.pipeline;

import io.melin.app.Application;
import io.melin.ring.OutputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Waiter;
import io.melin.stage.Wakeup;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in and answers go out: callers of this process, or the sockets of a gateway.
 *
 * <p>A door numbers its connections so that their top byte is the number it was assembled with.
 */
public interface Door {

    /**
     * Before any thread runs: whom to wake.
     *
     * @param ingress after a request began to wait
     * @param own for {@link #background}
     */
    void wire(Wakeup ingress, Wakeup own);

    /**
     * Where the ingress thread waits while it has nothing to do, for a door that is woken by more
     * than a {@link Wakeup}, for instance by sockets. At most one door of a pipeline has one.
     */
    default @Nullable Waiter waiter() {
        return null;
    }

    /** What this door does off the hot path, on a thread of its own. */
    Stage background();

    /** Ingress thread: before the first {@link #poll}. */
    default void enter() {}

    /**
     * Ingress thread: offers waiting requests until none is left, {@code limit} were taken, or the
     * admitter has no room.
     *
     * @return how many were taken or refused
     */
    int poll(Admitter admitter, int limit);

    /**
     * Ingress thread: how long it may be left without a {@link #poll} if nobody signals.
     *
     * @return nanoseconds from now, {@link Long#MAX_VALUE} for any time
     */
    default long restNs() {
        return Long.MAX_VALUE;
    }

    /** Ingress thread: after the last {@link #poll}, also after a failure. */
    default void leave() {}

    /** Application thread: answers one query, or keeps what it threw as the answer. */
    void ask(long correlation, Application<?, ?> application, LiveState live);

    /**
     * Response thread: takes one report or the terminator of a request, in order, after its gate
     * opened. Must not block; the payload is gone when this returns.
     */
    void deliver(OutputSlot slot, ByteBuffer payload);

    /** Response thread: nothing more will be delivered in this step. */
    void flush();

    /** Requests that were taken and whose answers have not left. Threading: any. */
    int inFlight();

    /**
     * Answers whoever still waits, as far as it can, and takes nothing more. Called by a control
     * thread once the stages have ended or are stuck.
     *
     * @param cause why the node is gone; null for an orderly stop
     */
    void close(@Nullable Throwable cause);
}
