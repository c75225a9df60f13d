package io.melin.stage;

import io.melin.time.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Laps and heartbeat of one runner. One thread counts, any may read: opaque, no order implied.
 *
 * <p>The clock is read on every idle lap, and on one busy lap in {@link #BUSY_LAPS_PER_BEAT}: a
 * reading costs less than a nanosecond a lap then, and with a disk that takes 30 ms to force the
 * heartbeat is still at most a second old.
 */
final class LapMeter {
    static final int BUSY_LAPS_PER_BEAT = 32;

    private static final VarHandle BUSY;
    private static final VarHandle IDLE;
    private static final VarHandle BEAT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BUSY = lookup.findVarHandle(LapMeter.class, "busy", long.class);
            IDLE = lookup.findVarHandle(LapMeter.class, "idle", long.class);
            BEAT = lookup.findVarHandle(LapMeter.class, "beatNs", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TimeSource time;
    private long busy;
    private long idle;
    private long beatNs;
    private int busySinceBeat;

    LapMeter(TimeSource time) {
        this.time = time;
        beatNs = time.tickerNs();
    }

    void lap(int work) {
        if (work == 0) {
            IDLE.setOpaque(this, idle + 1);
            beat();
            return;
        }
        BUSY.setOpaque(this, busy + 1);
        if (++busySinceBeat >= BUSY_LAPS_PER_BEAT) {
            beat();
        }
    }

    void beat() {
        busySinceBeat = 0;
        BEAT.setOpaque(this, time.tickerNs());
    }

    long busyLaps() {
        return (long) BUSY.getOpaque(this);
    }

    long idleLaps() {
        return (long) IDLE.getOpaque(this);
    }

    long heartbeatNs() {
        return (long) BEAT.getOpaque(this);
    }
}
