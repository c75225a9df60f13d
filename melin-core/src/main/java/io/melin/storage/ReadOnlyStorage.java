package io.melin.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Files of the machine's own file system, to look at only; see {@link ReadOnlyDirectory}.
 *
 * <p>Threading: as {@link FileSystemStorage}.
 */
public enum ReadOnlyStorage implements Storage {
    INSTANCE;

    /**
     * Opens a directory that is there; creates none, and needs no right to write.
     *
     * @throws NotDirectoryException if it is not there, or no directory
     */
    @Override
    public StorageDirectory open(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(path.toString());
        }
        return new ReadOnlyDirectory(new FileSystemDirectory(path));
    }
}
