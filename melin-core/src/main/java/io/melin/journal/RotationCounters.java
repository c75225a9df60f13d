package io.melin.journal;

import io.melin.cursor.Cursor;
import io.melin.cursor.CursorView;

/**
 * Rotations by how the next segment came to be. All only grow.
 *
 * <p>Threading: the holder of the disk work counts, any thread reads.
 */
public final class RotationCounters {
    private final Cursor fast = new Cursor(0);
    private final Cursor fallback = new Cursor(0);
    private final Cursor failed = new Cursor(0);

    void rotated(boolean isPrepared) {
        add(isPrepared ? fast : fallback);
    }

    void failed() {
        add(failed);
    }

    private static void add(Cursor counter) {
        counter.publish(counter.plain() + 1);
    }

    /** Into a segment whose zeros had been written before. */
    public CursorView fast() {
        return fast;
    }

    /** Into a segment that was made on the spot, since none was ready. */
    public CursorView fallback() {
        return fallback;
    }

    /** The old segment went on, or the node stopped. */
    public CursorView failures() {
        return failed;
    }
}
