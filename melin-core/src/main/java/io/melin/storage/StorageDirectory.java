package io.melin.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * One directory of durable files, by plain names.
 *
 * <p>What is durable: file bytes after {@link StorageFile#force}; creation, rename and deletion
 * after {@link #sync}. Threading: one caller at a time.
 */
public interface StorageDirectory extends Closeable {

    /** Where it is, for messages. */
    String path();

    /** Names of all plain files, sorted. */
    List<String> list() throws IOException;

    boolean exists(String name) throws IOException;

    /**
     * Creates an empty file for reading and writing.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it exists
     */
    StorageFile create(String name) throws IOException;

    /**
     * @throws java.nio.file.NoSuchFileException if it does not exist
     */
    StorageFile openWrite(String name) throws IOException;

    /**
     * Opens read only; every write through the handle fails.
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     */
    StorageFile openRead(String name) throws IOException;

    /** Renames in one step, replacing a file of the new name. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** Makes creations, renames and deletions durable. */
    void sync() throws IOException;

    /**
     * Takes the one exclusive lock of a name until closed, against other processes and this one.
     *
     * @throws DirectoryLockedException if another holder exists; it names the holder if it can
     */
    Closeable lock(String name) throws IOException;

    /** What the system's memory holds of a file; nothing where there is no such memory. */
    default CachedFile cached(String name) {
        return (offset, bytes) -> {};
    }

    /** Bytes that can still be allocated. */
    long freeBytes() throws IOException;
}
