package io.melin.journal;

import io.melin.cursor.Cursor;
import io.melin.cursor.CursorView;

/**
 * What the disk work has cost so far. All only grow.
 *
 * <p>Threading: the holder of the disk work counts, any thread reads.
 */
public final class DiskCounters {
    private final Cursor bytesWritten = new Cursor(0);
    private final Cursor zeroBytesWritten = new Cursor(0);
    private final Cursor batches = new Cursor(0);
    private final Cursor syncs = new Cursor(0);
    private final Cursor syncNsTotal = new Cursor(0);
    private final Cursor syncNsMax = new Cursor(0);
    private final Cursor startedNs = new Cursor(Long.MIN_VALUE);
    private final Cursor started = new Cursor(0);
    private final RotationCounters rotations = new RotationCounters();

    void start(long tickerNs) {
        startedNs.publish(Math.max(startedNs.plain(), tickerNs));
        started.publish(started.plain() + 1);
    }

    void finish() {
        batches.publish(batches.plain() + 1);
    }

    void synced(long tookNs) {
        long took = Math.max(0, tookNs);
        syncs.publish(syncs.plain() + 1);
        syncNsTotal.publish(syncNsTotal.plain() + took);
        syncNsMax.publish(Math.max(syncNsMax.plain(), took));
    }

    void wrote(long bytes) {
        bytesWritten.publish(bytesWritten.plain() + bytes);
    }

    void wroteZeros(long bytes) {
        zeroBytesWritten.publish(zeroBytesWritten.plain() + bytes);
    }

    /** How often the live segment was rotated, and how. */
    public RotationCounters rotations() {
        return rotations;
    }

    /** Bytes of entries. */
    public CursorView bytesWritten() {
        return bytesWritten;
    }

    /** Bytes of zeros written ahead of the entries. */
    public CursorView zeroBytesWritten() {
        return zeroBytesWritten;
    }

    /** Backlogs made durable, one sync each. */
    public CursorView batches() {
        return batches;
    }

    /** Completed syncs of the live segment, with those of opening and closing it. */
    public CursorView syncs() {
        return syncs;
    }

    public CursorView syncNsTotal() {
        return syncNsTotal;
    }

    public CursorView syncNsMax() {
        return syncNsMax;
    }

    /**
     * How long the batch under way has been at the disk; 0 if none is. A failed one stays under
     * way.
     *
     * @param tickerNs now
     */
    public long inFlightNs(long tickerNs) {
        long finished = batches.acquire();
        boolean isInFlight = started.acquire() > finished;
        return isInFlight ? Math.max(0, tickerNs - startedNs.acquire()) : 0;
    }
}
