package io.melin.client;

import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** Protocols for callers, one to one thread at a time. Threading: any. */
final class ProtocolPool<Q, R> {
    private static final int KEPT = 64;

    private final ClientProtocol<Q, R> prototype;
    private final MpmcVarHandleArrayQueue<ClientProtocol<Q, R>> free =
            new MpmcVarHandleArrayQueue<>(KEPT);

    ProtocolPool(ClientProtocol<Q, R> prototype) {
        this.prototype = prototype;
    }

    ClientProtocol<Q, R> take() {
        @Nullable ClientProtocol<Q, R> kept = free.poll();
        if (kept != null) {
            return kept;
        }
        synchronized (this) {
            return prototype.fresh();
        }
    }

    /** Beyond what is kept it is dropped. */
    void giveBack(ClientProtocol<Q, R> protocol) {
        free.offer(protocol);
    }
}
