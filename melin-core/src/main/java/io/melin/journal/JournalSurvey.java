package io.melin.journal;

import io.melin.integrity.ChainHash;
import java.util.List;
import java.util.Map;

/**
 * All segments of a journal, the oldest first.
 *
 * @param chains hash of its segment's entries up to each sequence that was asked for, as a snapshot
 *     remembers it; without those that no sound segment reaches
 */
public record JournalSurvey(List<SegmentReport> segments, Map<Long, ChainHash> chains) {

    public JournalSurvey {
        segments = List.copyOf(segments);
        chains = Map.copyOf(chains);
    }
}
