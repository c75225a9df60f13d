package io.melin.retention;

import io.melin.journal.Archives;
import io.melin.journal.Archives.Archive;
import io.melin.journal.JournalException;
import io.melin.journal.Retention;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Deletes the archives that a policy gives up, from the oldest on.
 *
 * <p>R1: no archive goes that holds an entry behind the second newest snapshot that was read and
 * found whole: with the newest damaged, a start still finds all it needs. R2: the first archive
 * that has to stay keeps all that follow it. R3: what cannot be read is left as it is.
 *
 * <p>Threading: one.
 */
final class ArchiveTrimmer {
    private static final System.Logger LOG = System.getLogger(ArchiveTrimmer.class.getName());

    private final Archives archives;
    private final GoodSnapshots snapshots;
    private final Retention retention;
    private final SpaceMeters meters;
    private String lastFailure = "";

    ArchiveTrimmer(
            Archives archives, GoodSnapshots snapshots, Retention retention, SpaceMeters meters) {
        this.archives = archives;
        this.snapshots = snapshots;
        this.retention = retention;
        this.meters = meters;
    }

    /**
     * Deletes what may go now.
     *
     * @param nowNs wall clock, since 1970
     */
    void trim(long nowNs) {
        if (retention.isKeepAll()) {
            return;
        }
        try {
            trimAll(nowNs);
            lastFailure = "";
        } catch (IOException | JournalException e) {
            failed(e);
        }
    }

    private void trimAll(long nowNs) throws IOException {
        List<Archive> all = archives.list();
        long bytes = all.stream().mapToLong(Archive::bytes).sum();
        for (Archive oldest : all) {
            // Reading snapshots costs most, so it comes last.
            if (!isGivenUp(oldest, bytes, nowNs)
                    || (retention.copiedOnly() && !archives.isCopied(oldest))
                    || oldest.lastSequence() > snapshots.secondNewest(oldest.lineage())) {
                return; // R2
            }
            archives.delete(oldest);
            bytes -= oldest.bytes();
            meters.trimmedOne();
            LOG.log(
                    System.Logger.Level.INFO,
                    "archive deleted: file="
                            + oldest.name()
                            + ", lastSequence="
                            + oldest.lastSequence()
                            + ", bytes="
                            + oldest.bytes());
        }
    }

    private boolean isGivenUp(Archive archive, long bytesOfAll, long nowNs) {
        if (!retention.hasLimit()) {
            return true;
        }
        Duration ageMax = retention.ageMax();
        boolean isOld = !ageMax.isZero() && nowNs - archive.timeNs() > ageMax.toNanos();
        return isOld || (retention.bytesMax() > 0 && bytesOfAll > retention.bytesMax());
    }

    /** Tried again at the next pass; said once. */
    private void failed(Exception cause) {
        String failure = cause.toString();
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            LOG.log(System.Logger.Level.WARNING, "archives stay for now: cause=" + failure);
        }
    }
}
