package io.melin.shadow;

import org.jspecify.annotations.Nullable;

/**
 * What a shadow is doing.
 *
 * @param phase of its life
 * @param sequence of the last event in the newest snapshot, 0 for none
 * @param timeNs journaled time of that event
 * @param lastFailure why the last save or read failed; null since it worked again
 * @param alarm why it has stopped for good; null while it has not
 */
public record ShadowStatus(
        Phase phase,
        long sequence,
        long timeNs,
        @Nullable String lastFailure,
        @Nullable Throwable alarm) {

    /** Of a node without one. */
    public static final ShadowStatus OFF = new ShadowStatus(Phase.OFF, 0, 0, null, null);

    /** The phases of a shadow. */
    public enum Phase {
        /** This node has no shadow, or is not running. */
        OFF,
        /** Restores its twin from the newest snapshot. */
        STARTING,
        /** Follows the journal. */
        FOLLOWING,
        /** Follows the journal, a save under way. */
        SAVING,
        /** Found damage, or its application failed: follows and saves no more. */
        STOPPED
    }

    ShadowStatus in(Phase other) {
        return new ShadowStatus(other, sequence, timeNs, lastFailure, alarm);
    }

    ShadowStatus at(long newSequence, long newTimeNs) {
        return new ShadowStatus(phase, newSequence, newTimeNs, lastFailure, alarm);
    }

    ShadowStatus failing(@Nullable String why) {
        return new ShadowStatus(phase, sequence, timeNs, why, alarm);
    }

    ShadowStatus stopped(Throwable why) {
        return new ShadowStatus(Phase.STOPPED, sequence, timeNs, lastFailure, why);
    }
}
