package io.melin.journal;

import java.util.List;
import java.util.UUID;

/**
 * What opening a journal found.
 *
 * @param isCreated whether there was none before
 * @param lineage of all segments
 * @param end of the live segment: last sequence, segment number, offset behind the last entry
 * @param lastTimeNs journaled time of the last entry, or of the segment's header
 * @param epoch the highest seen
 * @param replayed what was applied, and behind what
 * @param tail of the live segment
 * @param tookNs the whole of it, replay included
 */
public record RecoveryReport(
        boolean isCreated,
        UUID lineage,
        DurableProgress end,
        long lastTimeNs,
        long epoch,
        Replayed replayed,
        Tail tail,
        long tookNs) {

    /**
     * What was applied.
     *
     * @param afterSequence of the snapshot that it began from; 0 for the first entry
     * @param entries applied
     */
    public record Replayed(long afterSequence, long entries) {}

    /**
     * What lay behind the last valid entry.
     *
     * @param watermark offset below which damage would have been refused
     * @param droppedBytes from the end of the valid entries to the last byte that was not zero
     * @param hasLaterEntries whether valid-looking entries were among the dropped bytes
     * @param notes what else was put right, in words
     */
    public record Tail(
            long watermark, long droppedBytes, boolean hasLaterEntries, List<String> notes) {

        public Tail {
            notes = List.copyOf(notes);
        }

        Tail withNotes(List<String> all) {
            return new Tail(watermark, droppedBytes, hasLaterEntries, all);
        }
    }

    /** Entries replayed, without those that a snapshot held already. */
    public long entries() {
        return replayed.entries();
    }

    /** 0 for an empty journal. */
    public long lastSequence() {
        return end.sequence();
    }

    /** Of the live segment. */
    public long segment() {
        return end.segment();
    }

    /** Offset in the live segment behind its last entry. */
    public long validEnd() {
        return end.offset();
    }
}
