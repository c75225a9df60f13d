package io.melin.shadow;

/**
 * Says when a snapshot is due. Pure: is told of entries, saves and the ticker.
 *
 * <p>S1: without an entry that is in no snapshot nothing is due. S2: what is due stays due until a
 * save succeeded, whatever happens meanwhile. S3: after a failure a save is tried again no sooner
 * than its back-off says. S4: between two saves the state comes as far as the journal was when the
 * first ended. Else a shadow whose saves take longer than their interval would do little but save,
 * each time further behind, and almost no archive could be deleted. Threading: one.
 */
final class SaveSchedule {
    static final long BACKOFF_NS_FIRST = 1_000_000_000;
    static final long BACKOFF_NS_MAX = 60_000_000_000L;

    /** No time at all. */
    static final long NEVER = Long.MAX_VALUE;

    private final SnapshotConfig config;
    private long entries;
    private long entriesMin = 1;
    private long bytes;
    private boolean isPending;
    private long pendingSinceNs;
    private boolean isReached;
    private long reachedNs;
    private long retryNs;
    private long backoffNs;

    SaveSchedule(SnapshotConfig config) {
        this.config = config;
    }

    /** There is a durable entry that no snapshot holds. */
    void pending(long nowNs) {
        if (!isPending) {
            isPending = true;
            pendingSinceNs = nowNs;
        }
    }

    /** An entry that no snapshot holds is in the state now. */
    void applied(long entryBytes, long nowNs) {
        pending(nowNs);
        entries++;
        bytes += entryBytes;
        if (!isReached && (entries >= config.entries() || bytes >= config.bytes())) {
            isReached = true;
            reachedNs = nowNs;
        }
    }

    /** Whether to save now. */
    boolean isDue(long nowNs) {
        boolean mayTry = backoffNs == 0 || nowNs - retryNs >= 0;
        return entries >= entriesMin && overdueNs(nowNs) >= 0 && mayTry; // S1, S3, S4
    }

    /** Since when a snapshot is, or will be, due, ticker; {@link #NEVER} if none is. */
    long dueNs() {
        if (!isPending) {
            return NEVER;
        }
        long byTime = pendingSinceNs + config.interval().toNanos();
        return isReached && reachedNs - byTime < 0 ? reachedNs : byTime;
    }

    private long overdueNs(long nowNs) {
        return isPending ? nowNs - dueNs() : -1;
    }

    /**
     * A snapshot of all that was applied was saved.
     *
     * @param behind durable entries that it does not hold, as the save ends
     * @param startedNs when the save began: what came since then waits since then
     */
    void saved(long behind, long startedNs) {
        entries = 0;
        entriesMin = Math.max(1, behind);
        bytes = 0;
        backoffNs = 0;
        isReached = false;
        isPending = behind > 0;
        pendingSinceNs = startedNs;
    }

    /** A save failed; waits twice as long each time. */
    void failed(long nowNs) {
        backoffNs = Math.min(Math.max(2 * backoffNs, BACKOFF_NS_FIRST), BACKOFF_NS_MAX);
        retryNs = nowNs + backoffNs;
    }
}
