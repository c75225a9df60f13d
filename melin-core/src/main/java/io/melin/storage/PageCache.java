package io.melin.storage;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes bytes of a file out of the kernel's cache (posix_fadvise(2), POSIX_FADV_DONTNEED). What is
 * not on the device yet stays, and nothing is lost either way.
 *
 * <p>A hint: elsewhere than on Linux, or without the optional native bridge (JNA), nothing happens;
 * a file that is gone has nothing to forget; a refusal of the kernel is logged once.
 *
 * <p>Threading: any. The path is encoded once, so that a call allocates nothing.
 */
final class PageCache implements CachedFile {
    private static final System.Logger LOG = System.getLogger(PageCache.class.getName());
    private static final boolean IS_LINUX = "Linux".equals(System.getProperty("os.name"));

    private static final AtomicBoolean IS_REPORTED = new AtomicBoolean();
    private static volatile boolean isMissing = !IS_LINUX;

    private final Path file;
    private byte @Nullable [] path;

    PageCache(Path file) {
        this.file = file;
    }

    /** Only what lies within the range: pages that the kernel keeps together go together. */
    @Override
    public void forget(long offset, long bytes) {
        if (isMissing) {
            return;
        }
        try {
            int result = advise(offset, bytes);
            if (result < 0 && result != -Libc.ENOENT) {
                report("errno=" + -result);
            }
        } catch (LinkageError e) {
            isMissing = true;
            report(e);
        }
    }

    private int advise(long offset, long bytes) {
        byte[] encoded = path;
        if (encoded == null) {
            encoded = Libc.path(file);
            path = encoded;
        }
        int descriptor = Libc.openFile(encoded, Libc.O_RDONLY);
        if (descriptor < 0) {
            return descriptor;
        }
        int advised = Libc.advise(descriptor, offset, bytes, Libc.POSIX_FADV_DONTNEED);
        int closed = Libc.closeFile(descriptor);
        return advised < 0 ? advised : closed;
    }

    private static void report(Object reason) {
        if (IS_REPORTED.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "archives stay in the kernel's cache for as long as it likes: reason="
                            + reason);
        }
    }
}
