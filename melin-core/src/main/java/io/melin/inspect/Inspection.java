package io.melin.inspect;

import io.melin.journal.EntryCounts;
import io.melin.journal.RecoveryForecast;
import io.melin.journal.SegmentReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a journal's directory.
 *
 * @param place of the journal
 * @param segments the oldest first
 * @param snapshots the newest first
 * @param leftovers other files of the journal
 * @param recovery what a start makes of it; null if it refuses
 * @param findings damage; that for which a start refuses comes first
 */
public record Inspection(
        JournalPlace place,
        List<SegmentReport> segments,
        List<SnapshotState> snapshots,
        List<Leftover> leftovers,
        @Nullable RecoveryForecast recovery,
        List<Finding> findings) {

    public Inspection {
        segments = List.copyOf(segments);
        snapshots = List.copyOf(snapshots);
        leftovers = List.copyOf(leftovers);
        findings = List.copyOf(findings);
    }

    /**
     * Where a journal is.
     *
     * @param journal name of the live segment
     */
    public record JournalPlace(String directory, String journal) {}

    /**
     * A file beside segments and snapshots; the lock's is none of them, it is never opened.
     *
     * @param bytes of it, -1 if it is gone by now
     */
    public record Leftover(String file, Kind kind, long bytes) {

        /** What a file is for. */
        public enum Kind {
            /** The next segment, which is not part of the journal yet. */
            STAGED,
            /** A snapshot that was never completed. */
            TEMPORARY_SNAPSHOT
        }
    }

    /** Whether nothing is damaged: what a start reads, and what it would not read. */
    public boolean isSound() {
        return findings.isEmpty();
    }

    /** Whether there is neither a segment nor a snapshot. */
    public boolean isEmpty() {
        return segments.isEmpty() && snapshots.isEmpty() && findings.isEmpty();
    }

    /** Of all segments whose entries could be read. */
    public EntryCounts entries() {
        EntryCounts sum = EntryCounts.NONE;
        for (SegmentReport segment : segments) {
            SegmentReport.Content content = segment.content();
            sum = content == null ? sum : sum.plus(content.entries());
        }
        return sum;
    }
}
