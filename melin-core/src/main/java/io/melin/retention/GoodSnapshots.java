package io.melin.retention;

import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotFile;
import io.melin.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Snapshots that were read to their end and found whole, each once. Threading: one. */
final class GoodSnapshots {
    private static final System.Logger LOG = System.getLogger(GoodSnapshots.class.getName());

    /** Of damaged ones, which count for no journal. */
    private static final UUID NONE = new UUID(0, 0);

    private final SnapshotStore store;
    private final Map<Long, UUID> lineages = new HashMap<>();

    GoodSnapshots(SnapshotStore store) {
        this.store = store;
    }

    /**
     * The sequence of the second newest snapshot of a journal that is whole; 0 with fewer than two.
     */
    long secondNewest(UUID lineage) throws IOException {
        int good = 0;
        for (SnapshotFile file : store.list()) {
            if (lineage.equals(lineages.computeIfAbsent(file.sequence(), at -> lineage(file)))
                    && ++good == 2) {
                return file.sequence();
            }
        }
        return 0;
    }

    private UUID lineage(SnapshotFile file) {
        try {
            return store.verify(file).lineage();
        } catch (SnapshotException e) {
            LOG.log(System.Logger.Level.ERROR, "snapshot does not count: " + e.getMessage());
            return NONE;
        }
    }
}
