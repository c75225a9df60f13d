package io.melin.inspect;

import io.melin.snapshot.SnapshotReport;

/**
 * A snapshot, and how it stands to the journal.
 *
 * @param report what its file holds
 * @param fit to the journal
 */
public record SnapshotState(SnapshotReport report, Fit fit) {

    /** How a snapshot stands to the journal. */
    public enum Fit {
        /** The same lineage, and the same entries up to its sequence. */
        FITS,
        /** Of another journal. */
        OTHER_LINEAGE,
        /** The journal holds other entries up to its sequence. */
        OTHER_CHAIN,
        /** The journal ends before it. */
        AHEAD,
        /** It cannot be told: its segment is gone or damaged, or the snapshot is. */
        UNKNOWN
    }
}
