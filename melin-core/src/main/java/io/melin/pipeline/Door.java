package io.melin.pipeline;

import io.melin.app.Application;
import io.melin.app.QueryContext;
import io.melin.ring.OutputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import java.nio.ByteBuffer;

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

    /** What this door does off the hot path, on a thread of its own. */
    Stage background();

    /**
     * Ingress thread: offers waiting requests until none is left, {@code limit} were taken, or the
     * admitter has no room.
     *
     * @return how many were taken or refused
     */
    int poll(Admitter admitter, int limit);

    /** Application thread: answers one query, or keeps what it threw as the answer. */
    void ask(long correlation, Application<?, ?> application, QueryContext live);

    /**
     * Response thread: takes one report or the terminator of a request, in order, after its gate
     * opened. Must not block; the payload is gone when this returns.
     */
    void deliver(OutputSlot slot, ByteBuffer payload);

    /** Response thread: nothing more will be delivered in this step. */
    void flush();
}
