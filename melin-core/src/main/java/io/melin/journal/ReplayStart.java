package io.melin.journal;

import io.melin.integrity.ChainHash;
import java.util.UUID;

/** What a replay can begin from. */
public sealed interface ReplayStart {

    /** No state was kept: from the first entry. */
    enum Beginning implements ReplayStart {
        INSTANCE
    }

    /**
     * States were kept, but none can be read: from the first entry, if it is still there.
     *
     * @param count of states that cannot be read, 1 or more
     */
    record Damaged(int count) implements ReplayStart {}

    /**
     * From a kept state, with the entry that follows it.
     *
     * @param lineage of the journal that the state comes from
     * @param sequence of the last entry in the state, 0 for none
     * @param epoch highest up to that entry
     * @param timeNs highest journaled time up to that entry
     * @param chain hash of the entries of its segment up to that entry
     */
    record After(UUID lineage, long sequence, long epoch, long timeNs, ChainHash chain)
            implements ReplayStart {}
}
