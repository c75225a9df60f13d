package io.melin.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One directory of the machine's file system. It holds no resource of its own. */
final class FileSystemDirectory implements StorageDirectory {
    private final Path directory;

    /** Found once: looking for it reads the whole table of mounts, asking it takes one call. */
    private @Nullable FileStore volume;

    FileSystemDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public String path() {
        return directory.toString();
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    names.add(directory.relativize(entry).toString());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public boolean exists(String name) {
        return Files.isRegularFile(resolve(name));
    }

    @Override
    public StorageFile create(String name) throws IOException {
        return writable(
                name,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public StorageFile openWrite(String name) throws IOException {
        return writable(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public StorageFile openRead(String name) throws IOException {
        return new FileSystemFile(
                name, FileChannel.open(resolve(name), StandardOpenOption.READ), null);
    }

    private StorageFile writable(String name, OpenOption... options) throws IOException {
        Path path = resolve(name);
        FileChannel channel = FileChannel.open(path, options);
        return new FileSystemFile(name, channel, Writeback.of(path));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(resolve(from), resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(resolve(name));
    }

    @Override
    public void sync() throws IOException {
        FileSystemStorage.sync(directory);
    }

    @Override
    public Closeable lock(String name) throws IOException {
        return FileSystemLock.take(path(), resolve(name));
    }

    @Override
    public CachedFile cached(String name) {
        return new PageCache(resolve(name));
    }

    @Override
    public long freeBytes() throws IOException {
        FileStore asked = volume;
        if (asked == null) {
            asked = Files.getFileStore(directory);
            volume = asked;
        }
        return asked.getUsableSpace();
    }

    /** Files hold their own handles; a lock is its holder's to close. */
    @Override
    public void close() {}

    private Path resolve(String name) {
        Path path = directory.resolve(name);
        if (name.isEmpty() || !directory.equals(path.normalize().getParent())) {
            throw new IllegalArgumentException("not a plain file name: name=" + name);
        }
        return path;
    }
}
