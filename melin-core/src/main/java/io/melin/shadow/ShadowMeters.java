package io.melin.shadow;

/**
 * What the shadows of one node count, over all its runs, and what the current one is doing.
 *
 * <p>Threading: the shadow's thread writes, one run after the other; any thread reads.
 */
public final class ShadowMeters {
    private volatile long saves;
    private volatile long saveNs;
    private volatile long failures;
    private volatile long applied;
    private volatile long dueNs = SaveSchedule.NEVER;
    private volatile ShadowStatus status = ShadowStatus.OFF;

    /** Completed saves. */
    public long saves() {
        return saves;
    }

    /** Time that completed saves took in all. */
    public long saveNs() {
        return saveNs;
    }

    /** Saves and reads that failed and were, or will be, tried again. */
    public long failures() {
        return failures;
    }

    /** The last sequence in the twin. */
    public long appliedSequence() {
        return applied;
    }

    /** How long a snapshot has been due; 0 if none is. */
    public long dueForNs(long tickerNs) {
        long due = dueNs;
        return due == SaveSchedule.NEVER ? 0 : Math.max(0, tickerNs - due);
    }

    public ShadowStatus status() {
        return status;
    }

    void saved(long tookNs) {
        saveNs = saveNs + tookNs;
        saves = saves + 1;
    }

    void failed() {
        failures = failures + 1;
    }

    void applied(long sequence) {
        applied = sequence;
    }

    void due(long sinceNs) {
        dueNs = sinceNs;
    }

    void status(ShadowStatus now) {
        status = now;
    }

    /** The run has ended: levels fall back, counts stay. Any thread, once the shadow has ended. */
    public void settle() {
        applied = 0;
        dueNs = SaveSchedule.NEVER;
        status = ShadowStatus.OFF;
    }
}
