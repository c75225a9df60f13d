package io.melin.journaled;

import java.time.Instant;

/** A journal ends before the moment that was asked for. */
public final class AuditBeyondEndException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long lastSequence;
    private final long lastTimeNs;

    AuditBeyondEndException(AuditTarget target, long lastSequence, long lastTimeNs) {
        super(
                "journal ends before the target: unit="
                        + target.unit()
                        + ", target="
                        + target.value()
                        + ", lastSequence="
                        + lastSequence
                        + ", lastTimeNs="
                        + lastTimeNs
                        + " ("
                        + Instant.ofEpochSecond(0, lastTimeNs)
                        + "); it can be rebuilt up to there");
        this.lastSequence = lastSequence;
        this.lastTimeNs = lastTimeNs;
    }

    /** Of the last entry, 0 for none. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Journaled time of the last entry; Unix epoch, nanoseconds. */
    public long lastTimeNs() {
        return lastTimeNs;
    }
}
