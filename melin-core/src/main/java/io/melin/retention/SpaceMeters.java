package io.melin.retention;

/**
 * What the keepers of one node's space count over all its runs, and what the current one sees.
 *
 * <p>Threading: the keeper's thread writes, one run after the other; any thread reads.
 */
public final class SpaceMeters {
    /** The volume was not asked yet, or does not tell. */
    public static final long UNKNOWN = -1;

    private volatile long freeBytes = UNKNOWN;
    private volatile boolean isLow;
    private volatile long trimmed;

    /** Bytes that the volume can still give; {@link #UNKNOWN} while no node runs. */
    public long freeBytes() {
        return freeBytes;
    }

    /** Whether events are refused for want of space. */
    public boolean isLow() {
        return isLow;
    }

    /** Archives deleted. */
    public long trimmed() {
        return trimmed;
    }

    void free(long bytes, boolean low) {
        freeBytes = bytes;
        isLow = low;
    }

    void trimmedOne() {
        trimmed = trimmed + 1;
    }

    /** The run has ended: levels fall back, counts stay. Any thread, once the keeper has ended. */
    public void settle() {
        free(UNKNOWN, false);
    }
}
