package io.melin.storage;

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

    /** What a kernel, a sandbox or a file system says that has no such call. */
    private static final Set<Integer> UNKNOWN_CALL =
            Set.of(Libc.EPERM, Libc.EINVAL, Libc.ESPIPE, Libc.ENOSYS, Libc.EOPNOTSUPP);

    private static final int WRITE_AND_WAIT =
            Libc.SYNC_FILE_RANGE_WAIT_BEFORE
                    | Libc.SYNC_FILE_RANGE_WRITE
                    | Libc.SYNC_FILE_RANGE_WAIT_AFTER;

    private static final AtomicBoolean IS_REPORTED = new AtomicBoolean();

    private static final int CLOSED = -1;

    private int descriptor;
    private boolean isMissing;

    private Writeback(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Loads the bridge, if there is one. */
    static void load() {
        if (isLinux()) {
            try {
                Libc.load();
            } catch (LinkageError e) {
                report(e);
            }
        }
    }

    private static boolean isLinux() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    /** Of the file that now has this path, or null where there is no such call (W2). */
    static @Nullable Writeback of(Path path) {
        if (!isLinux()) {
            return null;
        }
        try {
            int descriptor = Libc.openFile(Libc.path(path), Libc.O_WRONLY);
            if (descriptor >= 0) {
                return new Writeback(descriptor);
            }
            report("errno=" + -descriptor);
        } catch (LinkageError e) {
            report(e);
        }
        return null;
    }

    /**
     * @throws IOException if the bytes cannot even be handed to the device
     */
    void begin(long offset, long bytes) throws IOException {
        call(offset, bytes, Libc.SYNC_FILE_RANGE_WRITE);
    }

    /**
     * @return false if there is no such call: then nothing was done
     * @throws IOException if a write of these bytes failed
     */
    boolean complete(long offset, long bytes) throws IOException {
        return call(offset, bytes, WRITE_AND_WAIT);
    }

    private boolean call(long offset, long bytes, int flags) throws IOException {
        if (isMissing) {
            return false;
        }
        int result = Libc.writeRange(descriptor, offset, bytes, flags);
        if (result < 0) {
            failed(-result);
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
            int result = Libc.closeFile(closing);
            if (result < 0) {
                throw new IOException("descriptor not closed: errno=" + -result);
            }
        }
    }
}
