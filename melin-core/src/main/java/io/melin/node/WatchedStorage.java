package io.melin.node;

import io.melin.storage.CachedFile;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Another storage, of which one can ask whether a call is under way, and which can be told to take
 * no more: whoever comes back from a call that hung must change nothing then.
 *
 * <p>Threading: counts and {@link #refuse} are for any thread. Allocates nothing per read or write.
 */
final class WatchedStorage implements Storage {
    private final Storage storage;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private volatile @Nullable Throwable refusal;

    WatchedStorage(Storage storage) {
        this.storage = storage;
    }

    /** Calls that came back. */
    long ended() {
        return ended.get();
    }

    boolean isBusy() {
        return begun.get() != ended.get();
    }

    /** Fails every later call but a close. */
    void refuse(Throwable cause) {
        refusal = cause;
    }

    private void begin() throws IOException {
        Throwable cause = refusal;
        if (cause != null) {
            throw new IOException("the node has failed, its files are left alone", cause);
        }
        begun.incrementAndGet();
    }

    private void end() {
        ended.incrementAndGet();
    }

    @Override
    public StorageDirectory open(Path directory) throws IOException {
        begin();
        try {
            return new WatchedDirectory(storage.open(directory));
        } finally {
            end();
        }
    }

    /** What a call of a directory does. */
    private interface Step<T> {
        T run() throws IOException;
    }

    private final class WatchedDirectory implements StorageDirectory {
        private final StorageDirectory directory;

        WatchedDirectory(StorageDirectory directory) {
            this.directory = directory;
        }

        private <T> T step(Step<T> step) throws IOException {
            begin();
            try {
                return step.run();
            } finally {
                end();
            }
        }

        @Override
        public String path() {
            return directory.path();
        }

        @Override
        public List<String> list() throws IOException {
            return step(directory::list);
        }

        @Override
        public boolean exists(String name) throws IOException {
            return step(() -> directory.exists(name));
        }

        @Override
        public StorageFile create(String name) throws IOException {
            return step(() -> new WatchedFile(directory.create(name)));
        }

        @Override
        public StorageFile openWrite(String name) throws IOException {
            return step(() -> new WatchedFile(directory.openWrite(name)));
        }

        @Override
        public StorageFile openRead(String name) throws IOException {
            return step(() -> new WatchedFile(directory.openRead(name)));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            step(() -> {
                directory.rename(from, to);
                return to;
            });
        }

        @Override
        public void delete(String name) throws IOException {
            step(() -> {
                directory.delete(name);
                return name;
            });
        }

        @Override
        public void sync() throws IOException {
            step(() -> {
                directory.sync();
                return "";
            });
        }

        @Override
        public Closeable lock(String name) throws IOException {
            return step(() -> directory.lock(name));
        }

        @Override
        public CachedFile cached(String name) {
            return directory.cached(name); // which waits for no disk
        }

        @Override
        public long freeBytes() throws IOException {
            return step(directory::freeBytes);
        }

        @Override
        public void close() throws IOException {
            directory.close();
        }
    }

    private final class WatchedFile implements StorageFile {
        private final StorageFile file;

        WatchedFile(StorageFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() throws IOException {
            begin();
            try {
                return file.size();
            } finally {
                end();
            }
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            begin();
            try {
                return file.read(target, offset);
            } finally {
                end();
            }
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            begin();
            try {
                return file.write(source, offset);
            } finally {
                end();
            }
        }

        @Override
        public void beginForce(long offset, long bytes) throws IOException {
            begin();
            try {
                file.beginForce(offset, bytes);
            } finally {
                end();
            }
        }

        @Override
        public void writeOut(long offset, long bytes) throws IOException {
            begin();
            try {
                file.writeOut(offset, bytes);
            } finally {
                end();
            }
        }

        @Override
        public void force() throws IOException {
            begin();
            try {
                file.force();
            } finally {
                end();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            begin();
            try {
                file.truncate(size);
            } finally {
                end();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
