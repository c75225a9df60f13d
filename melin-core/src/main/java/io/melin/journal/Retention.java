package io.melin.journal;

import java.time.Duration;

/**
 * When archives may be deleted. Whatever it says, none goes that a start might need.
 *
 * @param bytesMax of all archives together; the oldest go beyond that, 0 for no such limit
 * @param ageMax of an archive's last entry by journaled time; zero for no such limit
 * @param copiedOnly whether only those go beside which lies a file of their name and {@link
 *     #COPIED}; without a limit all of these go
 */
public record Retention(long bytesMax, Duration ageMax, boolean copiedOnly) {
    /** Whoever has copied an archive to where it is safe makes an empty file with this suffix. */
    public static final String COPIED = ".copied";

    public static final Retention KEEP_ALL = new Retention(0, Duration.ZERO, false);

    /**
     * @throws IllegalArgumentException if a value is negative
     */
    public Retention {
        if (bytesMax < 0 || ageMax.isNegative()) {
            throw new IllegalArgumentException(
                    "journal: limits of archives must not be negative: bytesMax="
                            + bytesMax
                            + ", ageMax="
                            + ageMax);
        }
    }

    /** Whether no archive ever goes. */
    public boolean isKeepAll() {
        return !hasLimit() && !copiedOnly;
    }

    /** Whether size or age limits what is kept. */
    public boolean hasLimit() {
        return bytesMax > 0 || !ageMax.isZero();
    }
}
