package io.melin.test;

import io.melin.storage.DirectoryLockedException;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A handle of one simulated directory. */
final class SimulatedDirectory implements StorageDirectory {
    private final SimulatedDisk disk;
    private final Path path;
    private final NameTable names;
    private final long generation;

    SimulatedDirectory(SimulatedDisk disk, Path path, NameTable names, long generation) {
        this.disk = disk;
        this.path = path;
        this.names = names;
        this.generation = generation;
    }

    @Override
    public String path() {
        return path.toString();
    }

    @Override
    public List<String> list() throws IOException {
        disk.meetOrThrow(DiskCall.Kind.LIST, path());
        synchronized (disk) {
            check(path());
            return List.copyOf(names.visible().keySet());
        }
    }

    @Override
    public boolean exists(String name) throws IOException {
        synchronized (disk) {
            check(name);
            return names.visible().containsKey(name);
        }
    }

    @Override
    public StorageFile create(String name) throws IOException {
        disk.meetOrThrow(DiskCall.Kind.CREATE, name);
        synchronized (disk) {
            check(name);
            if (names.visible().containsKey(name)) {
                throw new FileAlreadyExistsException(path.resolve(name).toString());
            }
            return new SimulatedFile(disk, name, createInode(name), true);
        }
    }

    private Inode createInode(String name) {
        Inode inode = disk.newInode(new Pages());
        names.create(name, inode);
        return inode;
    }

    @Override
    public StorageFile openWrite(String name) throws IOException {
        return open(name, true);
    }

    @Override
    public StorageFile openRead(String name) throws IOException {
        return open(name, false);
    }

    private StorageFile open(String name, boolean isWritable) throws IOException {
        disk.meetOrThrow(DiskCall.Kind.OPEN, name);
        synchronized (disk) {
            return new SimulatedFile(disk, name, find(name), isWritable);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.meetOrThrow(DiskCall.Kind.RENAME, from + ">" + to);
        synchronized (disk) {
            checkPlain(to);
            names.rename(from, to, find(from));
        }
    }

    @Override
    public void delete(String name) throws IOException {
        disk.meetOrThrow(DiskCall.Kind.DELETE, name);
        synchronized (disk) {
            names.delete(name, find(name));
        }
    }

    @Override
    public void sync() throws IOException {
        Fault fault = disk.meet(DiskCall.Kind.SYNC, path(), 0, 0);
        synchronized (disk) {
            check(path());
            if (fault != null && fault.kind() == Fault.Kind.ERROR) {
                names.failSync(disk.failurePlan());
                throw new IOException(fault.message());
            }
            names.sync();
        }
    }

    @Override
    public Closeable lock(String name) throws IOException {
        disk.meetOrThrow(DiskCall.Kind.LOCK, name);
        synchronized (disk) {
            check(name);
            if (!names.visible().containsKey(name)) {
                createInode(name);
            }
            Path file = path.resolve(name);
            if (!disk.lock(file)) {
                throw new DirectoryLockedException(path(), "this process");
            }
        }
        return () -> {
            synchronized (disk) {
                disk.unlock(path.resolve(name), generation);
            }
        };
    }

    @Override
    public long freeBytes() throws IOException {
        synchronized (disk) {
            check(path());
            return disk.freeBytes();
        }
    }

    @Override
    public void close() {}

    private Inode find(String name) throws IOException {
        check(name);
        Inode inode = names.visible().get(name);
        if (inode == null) {
            throw new NoSuchFileException(path.resolve(name).toString());
        }
        return inode;
    }

    private void check(String name) throws IOException {
        disk.checkGeneration(generation, name);
        if (!name.equals(path())) {
            checkPlain(name);
        }
    }

    private void checkPlain(String name) {
        if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("not a plain file name: name=" + name);
        }
    }
}
