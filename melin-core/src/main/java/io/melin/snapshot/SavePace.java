package io.melin.snapshot;

import io.melin.storage.StorageFile;
import java.io.IOException;

/** Is asked after each chunk of a save: may sync, may wait, may end the save. */
@FunctionalInterface
public interface SavePace {

    /** As fast as the device takes it, and to the end. */
    SavePace NONE = file -> {};

    /**
     * @throws IOException to end the save; nothing of it stays
     */
    void afterChunk(StorageFile file) throws IOException;
}
