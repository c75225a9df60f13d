package io.melin.journal;

/**
 * What a wish to rotate came to.
 *
 * @param segment number of the archive that the live segment became; 0 if it was empty
 * @param lastSequence of the last entry before the segment that is live now
 */
public record RotationResult(Outcome outcome, long segment, long lastSequence) {

    /** How the next segment came to be. */
    public enum Outcome {
        /** It had been prepared. */
        FAST,
        /** It was made on the spot. */
        FALLBACK,
        /** Not at all: the live segment has no entries, and an empty archive says nothing. */
        EMPTY
    }

    static RotationResult empty(long lastSequence) {
        return new RotationResult(Outcome.EMPTY, 0, lastSequence);
    }
}
