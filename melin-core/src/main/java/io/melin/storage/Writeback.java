package io.melin.storage;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Has the kernel write what lies in its cache, without the flush of the device that a sync ends
 * with (sync_file_range(2)). With SYNC_FILE_RANGE_WRITE alone it does not wait: a sync that follows
 * has only the rest to wait for. With all three flags it waits for the device to take the bytes.
 *
 * <p>W1: it takes nothing from a sync. The kernel reports a failed write once to each open file;
 * this one has a descriptor of its own. W2: without the call, or without the optional native bridge
 * (JNA), files are written as if this did not exist, and the log says so once.
 *
 * <p>Threading: as the file's.
 */
final class Writeback implements Closeable {
    private static final System.Logger LOG = System.getLogger(Writeback.class.getName());

    private static final int EPERM = 1;
    private static final int EINVAL = 22;
    private static final int ESPIPE = 29;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;

    /** What a kernel, a sandbox or a file system says that has no such call. */
    private static final Set<Integer> UNKNOWN_CALL =
            Set.of(EPERM, EINVAL, ESPIPE, ENOSYS, EOPNOTSUPP);

    private static final AtomicBoolean IS_REPORTED = new AtomicBoolean();

    private static final int CLOSED = -1;

    private int descriptor;
    private boolean isMissing;

    private Writeback(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Of the file that now has this path, or null where there is no such call (W2). */
    static @Nullable Writeback of(Path path) {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return null;
        }
        try {
            return new Writeback(Library.openWrite(path.toString()));
        } catch (IOException | LinkageError e) {
            report(e);
            return null;
        }
    }

    /**
     * @throws IOException if the bytes cannot even be handed to the device
     */
    void begin(long offset, long bytes) throws IOException {
        call(offset, bytes, Library.SYNC_FILE_RANGE_WRITE);
    }

    /**
     * @return false if there is no such call: then nothing was done
     * @throws IOException if a write of these bytes failed
     */
    boolean complete(long offset, long bytes) throws IOException {
        return call(offset, bytes, Library.WRITE_AND_WAIT);
    }

    private boolean call(long offset, long bytes, int flags) throws IOException {
        if (isMissing) {
            return false;
        }
        int errno = Library.write(descriptor, offset, bytes, flags);
        if (errno != 0) {
            failed(errno);
        }
        return !isMissing;
    }

    private void failed(int errno) throws IOException {
        if (!UNKNOWN_CALL.contains(errno)) {
            throw new IOException("cached bytes could not be written: errno=" + errno);
        }
        isMissing = true;
        report("errno=" + errno);
    }

    private static void report(Object reason) {
        if (IS_REPORTED.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "writes begin with their sync, which takes longer: reason=" + reason);
        }
    }

    @Override
    public void close() throws IOException {
        int closing = descriptor;
        if (closing != CLOSED) {
            descriptor = CLOSED; // its number may be another file's at once
            Library.closeDescriptor(closing);
        }
    }

    /**
     * Loaded on first use, and alone in naming the bridge's classes: so that a missing bridge is a
     * line in the log and no crash.
     */
    private static final class Library {
        private static final int O_WRONLY = 1;
        private static final int O_CLOEXEC = 02_000_000;
        private static final int SYNC_FILE_RANGE_WRITE = 2;
        private static final int WRITE_AND_WAIT = 1 | SYNC_FILE_RANGE_WRITE | 4;

        static {
            Native.register(Library.class, "c");
        }

        static int openWrite(String path) throws IOException {
            try {
                return open(path, O_WRONLY | O_CLOEXEC);
            } catch (LastErrorException e) {
                throw new IOException("not opened: errno=" + e.getErrorCode(), e);
            }
        }

        /** The error's number, 0 for none. */
        static int write(int descriptor, long offset, long bytes, int flags) {
            try {
                sync_file_range(descriptor, offset, bytes, flags);
                return 0;
            } catch (LastErrorException e) {
                return e.getErrorCode();
            }
        }

        static void closeDescriptor(int descriptor) throws IOException {
            try {
                close(descriptor);
            } catch (LastErrorException e) {
                throw new IOException("descriptor not closed: errno=" + e.getErrorCode(), e);
            }
        }

        private static native int open(String path, int flags) throws LastErrorException;

        private static native int sync_file_range(
                int descriptor, long offset, long bytes, int flags) throws LastErrorException;

        private static native int close(int descriptor) throws LastErrorException;
    }
}
