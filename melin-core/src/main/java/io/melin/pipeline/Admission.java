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
    private volatile boolean isSpaceLow;

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

    /** Refuses events for want of space, whatever else is said, until there is enough again. */
    public void spaceLow(boolean isLow) {
        isSpaceLow = isLow;
    }

    /** Why events are refused, or null. */
    public @Nullable Refusal writeRefusal() {
        Refusal refusal = writes;
        return refusal == null && isSpaceLow ? Refusal.NO_SPACE : refusal;
    }

    /** Why queries are refused, or null. */
    public @Nullable Refusal readRefusal() {
        return reads;
    }
}
