package io.melin.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A directory of which nothing can be changed through this handle.
 *
 * <p>N1: every call that would change a file, a name or a lock fails, and changes nothing.
 */
public class ReadOnlyDirectory implements StorageDirectory {
    private final StorageDirectory directory;

    /**
     * @param directory which is closed with this one
     */
    protected ReadOnlyDirectory(StorageDirectory directory) {
        this.directory = directory;
    }

    @Override
    public final String path() {
        return directory.path();
    }

    @Override
    public List<String> list() throws IOException {
        return directory.list();
    }

    @Override
    public boolean exists(String name) throws IOException {
        return directory.exists(name);
    }

    @Override
    public StorageFile openRead(String name) throws IOException {
        return directory.openRead(name);
    }

    @Override
    public final long freeBytes() throws IOException {
        return directory.freeBytes();
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }

    @Override
    public final StorageFile create(String name) throws IOException {
        throw refused("create", name);
    }

    @Override
    public final StorageFile openWrite(String name) throws IOException {
        throw refused("open to write", name);
    }

    @Override
    public final void rename(String from, String to) throws IOException {
        throw refused("rename", from);
    }

    @Override
    public final void delete(String name) throws IOException {
        throw refused("delete", name);
    }

    @Override
    public final void sync() throws IOException {
        throw refused("sync", path());
    }

    @Override
    public final Closeable lock(String name) throws IOException {
        throw refused("lock", name);
    }

    private static IOException refused(String call, String name) {
        return new IOException("directory is read only: call=" + call + ", name=" + name);
    }
}
