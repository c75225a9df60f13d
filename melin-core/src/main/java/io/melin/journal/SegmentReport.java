package io.melin.journal;

import io.melin.integrity.ChainHash;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one segment's file holds.
 *
 * @param name of the file
 * @param bytes of the file, zeros ahead included; -1 if it cannot be told
 * @param role in the journal
 * @param head null if it cannot be read
 * @param content null unless every entry is what was written
 * @param damage what is wrong, in the order in which it was found
 */
public record SegmentReport(
        String name,
        long bytes,
        Role role,
        @Nullable Head head,
        @Nullable Content content,
        List<JournalException> damage) {

    public SegmentReport {
        damage = List.copyOf(damage);
    }

    /** What a file is to the journal. */
    public enum Role {
        /** Sealed, without any tolerance. */
        ARCHIVE,
        /** It may end in what a crash tears. */
        LIVE,
        /** Has entries, but never got its name; a start gives it to it. */
        UNNAMED,
        /** Has the live name, and nothing but zeros. */
        BLANK
    }

    /**
     * What the first four pages say.
     *
     * @param segment number of the segment
     * @param start sequence of the first entry; epoch and journaled time before it
     * @param anchor tail hash of the segment before
     * @param watermark the newest; null if none was written yet
     * @param seal null if there is none
     */
    public record Head(
            long segment,
            UUID lineage,
            Point start,
            ChainHash anchor,
            int codecVersion,
            int applicationVersion,
            @Nullable DurableProgress watermark,
            @Nullable Seal seal) {

        static Head of(SegmentHead head) {
            SegmentHeader header = head.header();
            WatermarkSlot slot = head.watermark();
            SealRecord seal = head.seal();
            return new Head(
                    header.segment(),
                    header.lineage(),
                    new Point(header.startSequence(), header.epoch(), header.timeNs()),
                    header.anchor(),
                    header.codecVersion(),
                    header.applicationVersion(),
                    slot == null
                            ? null
                            : new DurableProgress(
                                    slot.durableSequence(), header.segment(), slot.durableEnd()),
                    seal == null
                            ? null
                            : new Seal(seal.lastSequence(), seal.validEnd(), seal.tail()));
        }
    }

    /**
     * A place in the order of all entries.
     *
     * @param epoch the highest so far
     * @param timeNs the highest journaled time so far; Unix epoch, nanoseconds
     */
    public record Point(long sequence, long epoch, long timeNs) {}

    /** The last words of a sealed segment. */
    public record Seal(long lastSequence, long validEnd, ChainHash tail) {}

    /**
     * What the entries say, all of them verified.
     *
     * @param end the last entry; the one before the first if there is none
     * @param validEnd offset behind the last entry
     * @param tail hash over all entries
     * @param entries counted
     */
    public record Content(Point end, long validEnd, ChainHash tail, EntryCounts entries) {}
}
