package io.melin.node;

import io.melin.storage.FileSystemStorage;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Real files, but a sync of a snapshot's file waits for the test. */
final class SlowSnapshots implements Storage {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** A save is at its sync. */
    CountDownLatch begun() {
        return begun;
    }

    /** Lets it, and all later ones, go on. */
    void release() {
        released.countDown();
    }

    @Override
    public StorageDirectory open(Path directory) throws IOException {
        return new Directory(FileSystemStorage.INSTANCE.open(directory));
    }

    private void hold() throws IOException {
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private final class Directory implements StorageDirectory {
        private final StorageDirectory real;

        Directory(StorageDirectory real) {
            this.real = real;
        }

        @Override
        public String path() {
            return real.path();
        }

        @Override
        public List<String> list() throws IOException {
            return real.list();
        }

        @Override
        public boolean exists(String name) throws IOException {
            return real.exists(name);
        }

        @Override
        public StorageFile create(String name) throws IOException {
            StorageFile file = real.create(name);
            return name.contains(".snap.") ? new Slow(file) : file;
        }

        @Override
        public StorageFile openWrite(String name) throws IOException {
            return real.openWrite(name);
        }

        @Override
        public StorageFile openRead(String name) throws IOException {
            return real.openRead(name);
        }

        @Override
        public void rename(String from, String to) throws IOException {
            real.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            real.delete(name);
        }

        @Override
        public void sync() throws IOException {
            real.sync();
        }

        @Override
        public Closeable lock(String name) throws IOException {
            return real.lock(name);
        }

        @Override
        public long freeBytes() throws IOException {
            return real.freeBytes();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }

    private final class Slow implements StorageFile {
        private final StorageFile real;

        Slow(StorageFile real) {
            this.real = real;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            return real.read(target, offset);
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            return real.write(source, offset);
        }

        @Override
        public void force() throws IOException {
            hold();
            real.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            real.truncate(size);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
