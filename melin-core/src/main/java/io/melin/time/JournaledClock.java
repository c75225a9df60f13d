package io.melin.time;

/**
 * Stamps events so that journaled time never moves back, whatever the wall clock does.
 *
 * <p>T1: an event's time is the larger of the last stamp and the wall clock. T2: a tick's time is
 * strictly above the last stamp. One thread: the ingress.
 */
public final class JournaledClock {
    private long lastNs;

    /**
     * @param lastNs the last time in the recovered log, 0 for an empty one
     */
    public JournaledClock(long lastNs) {
        this.lastNs = lastNs;
    }

    public long stampEvent(long wallNs) {
        lastNs = Math.max(lastNs, wallNs);
        return lastNs;
    }

    public long stampTick(long wallNs) {
        lastNs = Math.max(lastNs + 1, wallNs);
        return lastNs;
    }

    public long lastNs() {
        return lastNs;
    }
}
