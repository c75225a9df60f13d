package io.melin.storage;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.file.Path;

/**
 * Calls of Linux that the platform has no method for. Each returns what the call does, or the
 * negated number of its error: nothing here throws but for a missing bridge.
 *
 * <p>Loaded on first use, and alone in naming the classes of the optional native bridge (JNA): so
 * that a missing bridge is a {@link LinkageError} for whoever uses this first, and no crash.
 *
 * <p>Threading: any.
 */
final class Libc {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINVAL = 22;
    static final int ESPIPE = 29;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int POSIX_FADV_DONTNEED = 4;
    static final int SYNC_FILE_RANGE_WAIT_BEFORE = 1;
    static final int SYNC_FILE_RANGE_WRITE = 2;
    static final int SYNC_FILE_RANGE_WAIT_AFTER = 4;

    private static final int O_CLOEXEC = 02_000_000;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    /** Nothing but to be loaded. */
    static void load() {}

    /** As {@link #openFile} takes it. */
    static byte[] path(Path file) {
        return Native.toByteArray(file.toString());
    }

    /** A descriptor that no child inherits: open(2). Allocates nothing on the heap. */
    static int openFile(byte[] path, int mode) {
        try {
            return open(path, mode | O_CLOEXEC);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    /** The number may be another file's from here on, even after an error: close(2). */
    static int closeFile(int descriptor) {
        try {
            return close(descriptor);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    /** posix_fadvise(2). */
    static int advise(int descriptor, long offset, long bytes, int advice) {
        return -posix_fadvise(descriptor, offset, bytes, advice);
    }

    /** sync_file_range(2). */
    static int writeRange(int descriptor, long offset, long bytes, int flags) {
        try {
            return sync_file_range(descriptor, offset, bytes, flags);
        } catch (LastErrorException e) {
            return -e.getErrorCode();
        }
    }

    private static native int open(byte[] path, int flags) throws LastErrorException;

    private static native int close(int descriptor) throws LastErrorException;

    /** Returns its error instead of setting errno. */
    private static native int posix_fadvise(int descriptor, long offset, long bytes, int advice);

    private static native int sync_file_range(int descriptor, long offset, long bytes, int flags)
            throws LastErrorException;
}
