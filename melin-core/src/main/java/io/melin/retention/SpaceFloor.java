package io.melin.retention;

import io.melin.pipeline.Admission;
import io.melin.storage.StorageDirectory;
import java.io.IOException;

/**
 * Refuses events while the journal's volume has less than a floor left, before the disk itself
 * refuses them.
 *
 * <p>F1: below the floor events are refused and queries are answered; above it, and a quarter, they
 * are taken again without anybody's help. F2: a volume that does not tell changes nothing.
 *
 * <p>Threading: one.
 */
final class SpaceFloor {
    private static final System.Logger LOG = System.getLogger(SpaceFloor.class.getName());

    /** What is freed and filled at once should not make the node change its mind at once. */
    private static final long MARGIN = 4;

    private final StorageDirectory directory;
    private final long floorBytes;
    private final Admission admission;
    private final SpaceMeters meters;
    private boolean isLow;
    private boolean isSilent;

    /**
     * @param floorBytes 0 for none
     */
    SpaceFloor(
            StorageDirectory directory, long floorBytes, Admission admission, SpaceMeters meters) {
        this.directory = directory;
        this.floorBytes = floorBytes;
        this.admission = admission;
        this.meters = meters;
    }

    /** Looks, and changes what is taken. */
    void check() {
        long freeBytes;
        try {
            freeBytes = directory.freeBytes();
        } catch (IOException e) {
            silent(e);
            return;
        }
        isSilent = false;
        boolean wasLow = isLow;
        long wanted = wasLow ? floorBytes + floorBytes / MARGIN : floorBytes;
        isLow = freeBytes < wanted;
        admission.spaceLow(isLow);
        meters.free(freeBytes, isLow);
        if (isLow != wasLow) {
            LOG.log(
                    isLow ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
                    (isLow ? "space is low, events are refused: " : "space is back: ")
                            + ("path=" + directory.path())
                            + (", freeBytes=" + freeBytes)
                            + (", floorBytes=" + floorBytes));
        }
    }

    private void silent(IOException cause) {
        if (!isSilent) {
            isSilent = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "free space is not known: path=" + directory.path(),
                    cause);
        }
    }
}
