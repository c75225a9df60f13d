package io.melin.bench.micro;

import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import io.melin.time.SystemTime;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * No disk: behind its head each file is a window of memory that is written round and round, however
 * far it grows. So a write costs a copy and a sync nothing. A new journal can be read back, since
 * it is all zeros; one with entries cannot.
 */
final class WindowStorage implements Storage {
    private static final int HEAD_BYTES = 16 << 10;
    private static final int WINDOW_BYTES = 1 << 20;

    /** A new journal on it. */
    static Journal journal() {
        JournalConfig config = JournalConfig.of(Path.of("memory"), 1, 1).withSegmentBytes(0);
        JournalPorts ports = new JournalPorts(new WindowStorage(), SystemTime.INSTANCE);
        return Journal.open(config, ports, (header, payload, version) -> {});
    }

    @Override
    public StorageDirectory open(Path directory) {
        return new Directory(directory.toString());
    }

    private static final class Directory implements StorageDirectory {
        private final String path;
        private final TreeMap<String, Window> files = new TreeMap<>();

        Directory(String path) {
            this.path = path;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public List<String> list() {
            return List.copyOf(files.keySet());
        }

        @Override
        public boolean exists(String name) {
            return files.containsKey(name);
        }

        @Override
        public StorageFile create(String name) {
            Window window = new Window(name);
            files.put(name, window);
            return window;
        }

        @Override
        public StorageFile openWrite(String name) throws IOException {
            Window window = files.get(name);
            if (window == null) {
                throw new IOException("no such file: name=" + name);
            }
            return window;
        }

        @Override
        public StorageFile openRead(String name) throws IOException {
            return openWrite(name);
        }

        @Override
        public void rename(String from, String to) {
            Window window = files.remove(from);
            if (window != null) {
                files.put(to, window);
            }
        }

        @Override
        public void delete(String name) {
            files.remove(name);
        }

        @Override
        public void sync() {}

        @Override
        public Closeable lock(String name) {
            return () -> {};
        }

        @Override
        public long freeBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {}
    }

    private static final class Window implements StorageFile {
        private final String name;
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(HEAD_BYTES + WINDOW_BYTES);
        private long size;

        Window(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            if (offset >= size) {
                return -1;
            }
            long limit = Math.min(target.remaining(), size - offset);
            int count = (int) Math.min(limit, contiguous(offset));
            target.put(target.position(), bytes, index(offset), count);
            target.position(target.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer source, long offset) {
            int count = Math.min(source.remaining(), contiguous(offset));
            bytes.put(index(offset), source, source.position(), count);
            source.position(source.position() + count);
            size = Math.max(size, offset + count);
            return count;
        }

        private static int index(long offset) {
            boolean isHead = offset < HEAD_BYTES;
            return (int) (isHead ? offset : HEAD_BYTES + (offset - HEAD_BYTES) % WINDOW_BYTES);
        }

        private static int contiguous(long offset) {
            int end = offset < HEAD_BYTES ? HEAD_BYTES : HEAD_BYTES + WINDOW_BYTES;
            return end - index(offset);
        }

        @Override
        public void force() {}

        @Override
        public void truncate(long newSize) {
            size = newSize;
        }

        @Override
        public void close() {}
    }
}
