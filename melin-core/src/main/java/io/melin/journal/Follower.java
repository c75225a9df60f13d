package io.melin.journal;

/**
 * Which segment somebody who follows the journal's files is reading, so that what is still to be
 * read stays in the kernel's cache.
 *
 * <p>Threading: written by the one who follows, read by any.
 */
public final class Follower {
    private static final long NOBODY = Long.MAX_VALUE;

    private volatile long segment = NOBODY;

    /** Each journal has its own. */
    Follower() {}

    /** From the beginning of this segment on. */
    void reads(long number) {
        segment = number;
    }

    /** Nobody follows any more. */
    void ends() {
        segment = NOBODY;
    }

    /** Whether somebody has yet to read some of this segment, or all of it. */
    public boolean needs(long number) {
        return segment <= number;
    }
}
