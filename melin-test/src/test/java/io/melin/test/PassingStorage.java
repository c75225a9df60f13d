package io.melin.test;

import io.melin.storage.CachedFile;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Passes each call on to another storage; what extends it spoils one. */
class PassingStorage implements Storage {
    private final Storage storage;

    PassingStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public final StorageDirectory open(Path directory) throws IOException {
        return wrap(storage.open(directory));
    }

    /** What the caller gets instead of this directory. */
    StorageDirectory wrap(StorageDirectory directory) throws IOException {
        return new PassingDirectory(directory);
    }

    /** Passes each call on to another directory. */
    static class PassingDirectory implements StorageDirectory {
        final StorageDirectory to;

        PassingDirectory(StorageDirectory to) {
            this.to = to;
        }

        /** What the caller gets instead of this file. */
        StorageFile wrap(StorageFile file) throws IOException {
            return file;
        }

        @Override
        public String path() {
            return to.path();
        }

        @Override
        public List<String> list() throws IOException {
            return to.list();
        }

        @Override
        public boolean exists(String name) throws IOException {
            return to.exists(name);
        }

        @Override
        public StorageFile create(String name) throws IOException {
            return wrap(to.create(name));
        }

        @Override
        public StorageFile openWrite(String name) throws IOException {
            return wrap(to.openWrite(name));
        }

        @Override
        public StorageFile openRead(String name) throws IOException {
            return wrap(to.openRead(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            this.to.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            to.delete(name);
        }

        @Override
        public void sync() throws IOException {
            to.sync();
        }

        @Override
        public Closeable lock(String name) throws IOException {
            return to.lock(name);
        }

        @Override
        public CachedFile cached(String name) {
            return to.cached(name);
        }

        @Override
        public long freeBytes() throws IOException {
            return to.freeBytes();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }

    /** Passes each call on to another file. */
    static class PassingFile implements StorageFile {
        final StorageFile to;

        PassingFile(StorageFile to) {
            this.to = to;
        }

        @Override
        public String name() {
            return to.name();
        }

        @Override
        public long size() throws IOException {
            return to.size();
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            return to.read(target, offset);
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            return to.write(source, offset);
        }

        @Override
        public void beginForce(long offset, long bytes) throws IOException {
            to.beginForce(offset, bytes);
        }

        @Override
        public void writeOut(long offset, long bytes) throws IOException {
            to.writeOut(offset, bytes);
        }

        @Override
        public void force() throws IOException {
            to.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            to.truncate(size);
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
