package io.melin.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Opens directories of durable files; the port that tests replace. */
public interface Storage {

    /**
     * Opens a directory, creating the last element of its path if only that is missing.
     *
     * @throws IOException if the parent is missing (an unmounted volume looks like that), or the
     *     directory cannot be written; the message says what to do
     */
    StorageDirectory open(Path directory) throws IOException;
}
