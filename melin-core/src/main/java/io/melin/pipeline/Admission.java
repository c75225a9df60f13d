package io.melin.pipeline;

import io.melin.app.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Whether the node takes requests now. Written by the node's state changes, read by the ingress
 * before it numbers anything. Threading: any.
 */
public final class Admission {
    private volatile @Nullable Refusal writes = Refusal.DRAINING;
    private volatile @Nullable Refusal reads = Refusal.DRAINING;

    /** Takes everything. */
    public void open() {
        reads = null;
        writes = null;
    }

    /** Refuses everything. */
    public void close(Refusal refusal) {
        writes = refusal;
        reads = refusal;
    }

    /** Refuses events and answers queries. */
    public void closeWrites(Refusal refusal) {
        writes = refusal;
        reads = null;
    }

    /** Why events are refused, or null. */
    public @Nullable Refusal writeRefusal() {
        return writes;
    }

    /** Why queries are refused, or null. */
    public @Nullable Refusal readRefusal() {
        return reads;
    }
}
