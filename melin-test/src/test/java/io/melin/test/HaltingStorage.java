package io.melin.test;

import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends this process, as a kill does, just before the n-th call of its life; where that one is a
 * write and {@code isTorn}, in the middle of it. 0 lets it live. Threading: any.
 */
final class HaltingStorage extends PassingStorage {
    /** The exit code; that of a process that was killed. */
    static final int KILLED = 137;

    private static final int WRITES_MAX = 1_000;

    private final AtomicInteger calls = new AtomicInteger();
    private final List<Integer> writes = new CopyOnWriteArrayList<>();
    private final int fatal;
    private final boolean isTorn;

    HaltingStorage(Storage storage, int fatal, boolean isTorn) {
        super(storage);
        this.fatal = fatal;
        this.isTorn = isTorn;
    }

    int calls() {
        return calls.get();
    }

    /** Which of them were writes, the first ones, where none was fatal. */
    List<Integer> writes() {
        return writes;
    }

    @Override
    StorageDirectory wrap(StorageDirectory directory) {
        meet();
        return new HaltingDirectory(directory);
    }

    private void meet() {
        if (calls.incrementAndGet() == fatal) {
            halt();
        }
    }

    /** No hook runs, nothing is flushed or closed. */
    private static void halt() {
        Runtime.getRuntime().halt(KILLED);
    }

    private final class HaltingDirectory extends PassingDirectory {
        HaltingDirectory(StorageDirectory to) {
            super(to);
        }

        @Override
        StorageFile wrap(StorageFile file) {
            return new HaltingFile(file);
        }

        @Override
        public List<String> list() throws IOException {
            meet();
            return super.list();
        }

        @Override
        public boolean exists(String name) throws IOException {
            meet();
            return super.exists(name);
        }

        @Override
        public StorageFile create(String name) throws IOException {
            meet();
            return super.create(name);
        }

        @Override
        public StorageFile openWrite(String name) throws IOException {
            meet();
            return super.openWrite(name);
        }

        @Override
        public StorageFile openRead(String name) throws IOException {
            meet();
            return super.openRead(name);
        }

        @Override
        public void rename(String from, String to) throws IOException {
            meet();
            super.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            meet();
            super.delete(name);
        }

        @Override
        public void sync() throws IOException {
            meet();
            super.sync();
        }

        @Override
        public Closeable lock(String name) throws IOException {
            meet();
            return super.lock(name);
        }
    }

    private final class HaltingFile extends PassingFile {
        HaltingFile(StorageFile to) {
            super(to);
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            meet();
            return super.read(target, offset);
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            int call = calls.incrementAndGet();
            if (call == fatal) {
                if (isTorn) {
                    source.limit(source.position() + source.remaining() / 2);
                    super.write(source, offset);
                }
                halt();
            }
            if (fatal == 0 && writes.size() < WRITES_MAX) {
                writes.add(call);
            }
            return super.write(source, offset);
        }

        @Override
        public void force() throws IOException {
            meet();
            super.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            meet();
            super.truncate(size);
        }

        @Override
        public void close() throws IOException {
            meet();
            super.close();
        }
    }
}
