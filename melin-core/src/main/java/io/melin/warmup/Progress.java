package io.melin.warmup;

/** How far a rehearsal is. Threading: one. */
final class Progress {
    private static final long JOURNAL_BYTES_MAX = 256L << 20;

    private final CompilerRest compiler = new CompilerRest();
    private final Rehearsal.Limits limits;
    private long startedNs;
    private long events;
    private long bySocket;
    private long bytes;
    private long tookNs;
    private boolean rests;

    Progress(Rehearsal.Limits limits) {
        this.limits = limits;
    }

    /** Whether this JVM says what its compiler does. */
    boolean isKnown() {
        return compiler.isKnown();
    }

    void begin(long nowNs) {
        startedNs = nowNs;
    }

    long nextIndex() {
        return events++;
    }

    void nextBySocket() {
        bySocket++;
    }

    /** What a journal has grown by. */
    void wrote(long more) {
        bytes += more;
    }

    boolean hasRoom() {
        return bytes < JOURNAL_BYTES_MAX;
    }

    /** Whether it has to end (R2). */
    boolean isOver(long nowNs) {
        tookNs = nowNs - startedNs;
        rests = compiler.restNs(nowNs) >= limits.rest().toNanos();
        return rests || tookNs >= limits.timeMax().toNanos() || !hasRoom();
    }

    Rehearsal.Result result() {
        return new Rehearsal.Result(events, bySocket, tookNs, rests);
    }
}
