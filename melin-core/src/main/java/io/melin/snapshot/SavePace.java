package io.melin.snapshot;

import io.melin.storage.StorageFile;
import java.io.IOException;

/** Is asked after each chunk of a save: may write it out, may wait, may end the save. */
@FunctionalInterface
public interface SavePace {

    /** As fast as the device takes it, and to the end. */
    SavePace NONE = (file, offset, bytes) -> {};

    /**
     * @param file the snapshot's, which is synced once it is whole
     * @param offset where in it the chunk begins
     * @throws IOException to end the save; nothing of it stays
     */
    void afterChunk(StorageFile file, long offset, int bytes) throws IOException;
}
