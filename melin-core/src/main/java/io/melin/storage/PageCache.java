package io.melin.storage;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes bytes of a file out of the kernel's cache (posix_fadvise(2), POSIX_FADV_DONTNEED). What is
 * not on the device yet stays, and nothing is lost either way.
 *
 * <p>A hint: elsewhere than on Linux, or without the optional native bridge (JNA), nothing happens;
 * a file that is gone has nothing to forget; a refusal of the kernel is logged once.
 *
 * <p>Threading: any.
 */
final class PageCache {
    private static final System.Logger LOG = System.getLogger(PageCache.class.getName());
    private static final boolean IS_LINUX = "Linux".equals(System.getProperty("os.name"));
    private static final int ENOENT = 2;

    private static final AtomicBoolean IS_REPORTED = new AtomicBoolean();
    private static volatile boolean isMissing = !IS_LINUX;

    private PageCache() {}

    /** Only what lies within the range: pages that the kernel keeps together go together. */
    static void forget(Path file, long offset, long bytes) {
        if (isMissing) {
            return;
        }
        try {
            int errno = Library.forget(file.toString(), offset, bytes);
            if (errno != 0 && errno != ENOENT) {
                report("errno=" + errno);
            }
        } catch (LinkageError e) {
            isMissing = true;
            report(e);
        }
    }

    private static void report(Object reason) {
        if (IS_REPORTED.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "archives stay in the kernel's cache for as long as it likes: reason="
                            + reason);
        }
    }

    /** Loaded on first use, and alone in naming the bridge's classes. */
    private static final class Library {
        private static final int O_RDONLY = 0;
        private static final int O_CLOEXEC = 02_000_000;
        private static final int POSIX_FADV_DONTNEED = 4;

        static {
            Native.register(Library.class, "c");
        }

        /** The error's number, 0 for none. */
        static int forget(String file, long offset, long bytes) {
            try {
                int descriptor = open(file, O_RDONLY | O_CLOEXEC);
                int errno = posix_fadvise(descriptor, offset, bytes, POSIX_FADV_DONTNEED);
                close(descriptor);
                return errno;
            } catch (LastErrorException e) {
                return e.getErrorCode();
            }
        }

        private static native int open(String path, int flags) throws LastErrorException;

        /** Returns its error instead of setting errno. */
        private static native int posix_fadvise(
                int descriptor, long offset, long bytes, int advice);

        private static native int close(int descriptor) throws LastErrorException;
    }
}
