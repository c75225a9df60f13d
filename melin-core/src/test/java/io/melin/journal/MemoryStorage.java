package io.melin.journal;

import io.melin.storage.CachedFile;
import io.melin.storage.DirectoryLockedException;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One directory in memory. Every change is counted and goes through a hook that may fail it. */
final class MemoryStorage implements Storage, StorageDirectory {

    /** Sees each changing call before it happens. */
    interface Hook {
        /**
         * @param call write, beginForce, writeOut, force, create, rename, delete, sync or truncate
         * @param offset of a write or of what is begun, or the new size
         * @param bytes of a write or of what is begun
         * @return bytes that a write may take
         */
        int before(String call, String file, long offset, int bytes) throws IOException;
    }

    private final Map<String, Content> files = new TreeMap<>();
    private Hook hook = (call, file, offset, bytes) -> bytes;
    private final List<String> forgotten = new ArrayList<>();
    private boolean isLocked;
    private int changes;
    private long readBytes;

    void hook(Hook newHook) {
        hook = newHook;
    }

    /** Changing calls so far, failed ones included. */
    int changes() {
        return changes;
    }

    /** Bytes read so far. */
    long readBytes() {
        return readBytes;
    }

    /** What was forgotten, each as name, offset and bytes; no change. */
    List<String> forgotten() {
        return forgotten;
    }

    @Override
    public CachedFile cached(String name) {
        return (offset, bytes) -> forgotten.add(name + " " + offset + " " + bytes);
    }

    byte[] bytes(String name) throws IOException {
        return existing(name).copy();
    }

    void put(String name, byte[] bytes) {
        put(name, bytes.clone(), bytes.length);
    }

    /** Takes the array over; what lies behind {@code size} must be zero. */
    void put(String name, byte[] bytes, int size) {
        Content content = new Content(name);
        content.bytes = bytes;
        content.size = size;
        files.put(name, content);
    }

    void remove(String name) {
        files.remove(name);
    }

    boolean holds(String name, byte[] bytes) throws IOException {
        Content content = existing(name);
        return Arrays.equals(content.bytes, 0, content.size, bytes, 0, bytes.length);
    }

    /** All files, as one value to compare. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        files.forEach((name, content) ->
                state.put(name, content.size + " " + Arrays.hashCode(content.copy())));
        return state;
    }

    @Override
    public StorageDirectory open(Path directory) {
        return this;
    }

    @Override
    public String path() {
        return "memory";
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
    public StorageFile create(String name) throws IOException {
        before("create", name, 0, 0);
        if (files.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        files.put(name, new Content(name));
        return openWrite(name);
    }

    @Override
    public StorageFile openWrite(String name) throws IOException {
        return new Handle(existing(name), true);
    }

    @Override
    public StorageFile openRead(String name) throws IOException {
        return new Handle(existing(name), false);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        before("rename", from, 0, 0);
        Content content = existing(from);
        files.remove(from);
        content.name = to;
        files.put(to, content);
    }

    @Override
    public void delete(String name) throws IOException {
        before("delete", name, 0, 0);
        existing(name);
        files.remove(name);
    }

    @Override
    public void sync() throws IOException {
        before("sync", "", 0, 0);
    }

    @Override
    public Closeable lock(String name) throws IOException {
        if (isLocked) {
            throw new DirectoryLockedException(path(), "pid 1");
        }
        isLocked = true;
        return () -> isLocked = false;
    }

    /** What the end of a process does. */
    void unlock() {
        isLocked = false;
    }

    boolean isLocked() {
        return isLocked;
    }

    @Override
    public long freeBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {}

    private Content existing(String name) throws IOException {
        Content content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return content;
    }

    private int before(String call, String file, long offset, int bytes) throws IOException {
        changes++;
        return hook.before(call, file, offset, bytes);
    }

    private static final class Content {
        private String name;
        private byte[] bytes = new byte[0];
        private int size;

        Content(String name) {
            this.name = name;
        }

        byte[] copy() {
            return Arrays.copyOf(bytes, size);
        }

        void reserve(int newSize) {
            if (newSize > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(newSize, bytes.length * 2));
            }
            size = Math.max(size, newSize);
        }
    }

    private final class Handle implements StorageFile {
        private final Content content;
        private final boolean isWritable;

        Handle(Content content, boolean isWritable) {
            this.content = content;
            this.isWritable = isWritable;
        }

        @Override
        public String name() {
            return content.name;
        }

        @Override
        public long size() {
            return content.size;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            if (offset >= content.size) {
                return -1;
            }
            int count = Math.min(target.remaining(), content.size - (int) offset);
            target.put(content.bytes, (int) offset, count);
            readBytes += count;
            return count;
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            checkWritable();
            int count = before("write", content.name, offset, source.remaining());
            content.reserve((int) offset + count);
            source.get(content.bytes, (int) offset, count);
            return count;
        }

        @Override
        public void beginForce(long offset, long bytes) throws IOException {
            before("beginForce", content.name, offset, (int) bytes);
        }

        @Override
        public void writeOut(long offset, long bytes) throws IOException {
            before("writeOut", content.name, offset, (int) bytes);
        }

        @Override
        public void force() throws IOException {
            before("force", content.name, 0, 0);
        }

        @Override
        public void truncate(long size) throws IOException {
            checkWritable();
            before("truncate", content.name, size, 0);
            Arrays.fill(content.bytes, (int) size, content.size, (byte) 0);
            content.size = (int) size;
        }

        @Override
        public void close() {}

        private void checkWritable() throws IOException {
            if (!isWritable) {
                throw new IOException("opened read only: file=" + content.name);
            }
        }
    }
}
