package io.melin.journal;

import io.melin.cursor.Cursor;
import io.melin.stage.ThreadWakeup;
import io.melin.stage.Waiter;
import io.melin.time.TimeSource;

/**
 * When the next window of zeros may be written: S1, S5 and S6 of {@link SegmentPreparer}, whose
 * thread waits here no longer than until then.
 *
 * <p>Threading: {@link #synced} belongs to the holder of the disk work; {@link #isLate} and {@link
 * #signal} are for both; the rest is the preparer's.
 */
final class Pace implements Waiter {
    private static final int REST = 15;
    private static final int LONG_REST = 63;
    static final long QUIET_NS = 100_000_000;
    static final long NEVER_LATE = Long.MAX_VALUE;

    private final ThreadWakeup wakeup = new ThreadWakeup();
    private final TimeSource time;
    private final Spares spares;
    private final Cursor syncs = new Cursor(0);
    private volatile long dueBytes;

    /** While it rests between two windows, how far it is; else it is not late. */
    private volatile long lateFrom = NEVER_LATE;

    private long dueNs;
    private long syncsSeen;
    private long syncedNs;

    Pace(TimeSource time, Spares spares) {
        this.time = time;
        this.spares = spares;
        this.dueNs = time.tickerNs();
        this.syncedNs = dueNs;
    }

    /**
     * The live segment was synced.
     *
     * @param due so much of the next should be written
     */
    void synced(long due) {
        syncs.publish(syncs.plain() + 1);
        dueBytes = due;
    }

    /** Whether a rest has to end, for the one who rests and the one who must wake it. */
    boolean isLate() {
        return dueBytes > lateFrom;
    }

    boolean isRested() {
        return isLate() || time.tickerNs() - dueNs >= 0;
    }

    /**
     * Rests from now on.
     *
     * @param startedNs when the step before did
     * @param from how far it is, or {@link #NEVER_LATE}
     */
    void rest(long startedNs, long from) {
        long nowNs = time.tickerNs();
        long seen = syncs.acquire();
        if (seen != syncsSeen) {
            syncsSeen = seen;
            syncedNs = nowNs;
        }
        boolean isQuiet = nowNs - syncedNs >= QUIET_NS;
        int rest = spares.ready() > 0 ? LONG_REST : REST;
        dueNs = isQuiet ? nowNs : nowNs + rest * (nowNs - startedNs);
        lateFrom = from;
    }

    /** Rests, whatever is due. */
    void backOff(long restNs) {
        lateFrom = NEVER_LATE;
        dueNs = time.tickerNs() + restNs;
    }

    @Override
    public void arm() {
        wakeup.arm();
    }

    @Override
    public void disarm() {
        wakeup.disarm();
    }

    @Override
    public void await(long limitNs) {
        long restNs = spares.isWanted() ? dueNs - time.tickerNs() : Long.MAX_VALUE;
        if (restNs > 0 && !isLate()) {
            wakeup.await(Math.min(limitNs, restNs));
        } else {
            wakeup.disarm();
        }
    }

    @Override
    public void signal() {
        wakeup.signal();
    }
}
