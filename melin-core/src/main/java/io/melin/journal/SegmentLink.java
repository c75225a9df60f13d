package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.ForeignSegment;
import io.melin.journal.JournalException.MissingSegment;
import io.melin.journal.JournalException.SegmentChainBreak;

/**
 * What a segment leaves to the one that follows it.
 *
 * @param header of the segment
 * @param lastSequence of its last entry
 * @param tail hash over all its entries
 */
record SegmentLink(SegmentHeader header, long lastSequence, ChainHash tail) {
    private static final String RESTORE =
            "nothing was changed; restore the missing files from a replica or a backup";

    /**
     * Whether a segment is the next one of the same journal.
     *
     * @throws JournalException if not
     */
    void requireNext(SegmentHeader next, Place place) {
        if (!next.lineage().equals(header.lineage())) {
            throw new ForeignSegment(
                    place,
                    new Finding(
                            "segment of another journal",
                            header.lineage().toString(),
                            next.lineage().toString(),
                            RESTORE));
        }
        if (next.segment() != header.segment() + 1) {
            throw missing(next, header.segment() + 1, lastSequence, place);
        }
        if (next.startSequence() != lastSequence + 1 || !next.anchor().equals(tail)) {
            throw new SegmentChainBreak(
                    place,
                    new Finding(
                            "segment does not follow the one before it",
                            "start " + (lastSequence + 1) + ", anchor " + tail,
                            "start " + next.startSequence() + ", anchor " + next.anchor(),
                            RESTORE));
        }
    }

    /** Another segment is where one of a number, behind an entry, should be. */
    static MissingSegment missing(
            SegmentHeader found, long expected, long lastSequence, Place place) {
        return new MissingSegment(
                place,
                new Finding(
                        "segment is missing",
                        "number " + expected + ", start " + (lastSequence + 1),
                        "number " + found.segment() + ", start " + found.startSequence(),
                        RESTORE));
    }
}
