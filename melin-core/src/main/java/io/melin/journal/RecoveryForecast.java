package io.melin.journal;

import io.melin.journal.RecoveryReport.Replayed;
import io.melin.journal.RecoveryReport.Tail;

/**
 * What a start makes of the files as they are.
 *
 * @param isCreated whether there is no journal, so that one is created
 * @param replayed what is applied, and behind what
 * @param end of the live segment: last sequence, segment number, offset behind the last entry
 * @param lastTimeNs journaled time of the last entry, or of the segment's header
 * @param epoch the highest seen
 * @param tail of the live segment; its notes say in words what is put right
 */
public record RecoveryForecast(
        boolean isCreated,
        Replayed replayed,
        DurableProgress end,
        long lastTimeNs,
        long epoch,
        Tail tail) {}
