package io.melin.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's lock of one file; the process id in it serves the message only.
 *
 * <p>L1: at most one holder in all processes of the machine. L2: while it is held, this class opens
 * the file a second time in no case, since on POSIX <em>closing any handle</em> of a file drops all
 * locks that the process has on it. Hence the table of what this process holds, by the file's
 * identity and not by its name.
 *
 * <p>The file stays when the lock is released: deleting it would let two holders lock two files of
 * one name.
 */
final class FileSystemLock implements Closeable {
    private static final Map<Object, FileSystemLock> HELD = new ConcurrentHashMap<>();

    /** See {@link #overlapping}. */
    private static final List<FileChannel> NEVER_CLOSED = new ArrayList<>();

    private static final int HOLDER_BYTES = 32;

    private final String directory;
    private final Object key;
    private @Nullable FileChannel channel;

    private FileSystemLock(String directory, Object key) {
        this.directory = directory;
        this.key = key;
    }

    static Closeable take(String directory, Path file) throws IOException {
        createIfMissing(file);
        FileSystemLock lock = new FileSystemLock(directory, identity(file));
        if (HELD.putIfAbsent(lock.key, lock) != null) {
            throw new DirectoryLockedException(directory, "this process");
        }
        boolean taken = false;
        try {
            lock.acquire(file);
            taken = true;
        } finally {
            if (!taken) {
                HELD.remove(lock.key);
            }
        }
        return lock;
    }

    private void acquire(Path file) throws IOException {
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = opened.tryLock();
            if (lock == null) {
                throw new DirectoryLockedException(directory, holder(opened));
            }
            writeHolder(opened);
            channel = opened;
            taken = true;
        } catch (OverlappingFileLockException e) {
            taken = true;
            throw overlapping(opened);
        } finally {
            if (!taken) {
                opened.close();
            }
        }
    }

    /**
     * The holder lives in this process under another class loader, so the table did not know it.
     * The handle must stay open, see L2.
     */
    private DirectoryLockedException overlapping(FileChannel opened) {
        synchronized (NEVER_CLOSED) {
            NEVER_CLOSED.add(opened);
        }
        return new DirectoryLockedException(directory, "this process");
    }

    private static void createIfMissing(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // The usual case: it stays for ever.
        }
    }

    private static Object identity(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    /** In place and of one length, so that a full disk does not keep a node from its lock. */
    private static void writeHolder(FileChannel file) throws IOException {
        StringBuilder holder = new StringBuilder("pid ").append(ProcessHandle.current().pid());
        while (holder.length() < HOLDER_BYTES - 1) {
            holder.append(' ');
        }
        byte[] bytes = holder.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        file.write(ByteBuffer.wrap(bytes), 0);
    }

    private static String holder(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HOLDER_BYTES);
        int count = file.read(bytes, 0);
        String text =
                count <= 0 ? "" : new String(bytes.array(), 0, count, StandardCharsets.US_ASCII);
        return text.matches("pid \\d+ *\n") ? text.trim() : "another process";
    }

    @Override
    public synchronized void close() throws IOException {
        FileChannel held = channel;
        if (held == null) {
            return;
        }
        channel = null;
        try {
            held.close();
        } finally {
            HELD.remove(key);
        }
    }
}
