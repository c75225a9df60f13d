package io.melin.journaled;

import io.melin.apply.EventApplier;
import io.melin.journal.ReplayStart;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state to go on from.
 *
 * @param applier nobody else's
 * @param header of the snapshot that it holds; null for the state before the first event
 * @param damaged newer snapshots that could not be read
 */
public record RestoredState<E, R>(
        EventApplier<E, R> applier,
        @Nullable SnapshotHeader header,
        List<SnapshotException> damaged) {

    public RestoredState {
        damaged = List.copyOf(damaged);
    }

    /** Where a journal goes on from it; null for the first entry. */
    public ReplayStart.@Nullable After start() {
        return header == null
                ? null
                : new ReplayStart.After(
                        header.lineage(),
                        header.sequence(),
                        header.epoch(),
                        header.timeNs(),
                        header.chain());
    }
}
