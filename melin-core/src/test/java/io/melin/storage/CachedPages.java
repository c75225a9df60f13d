package io.melin.storage;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Counts a file's pages in the kernel's cache by cachestat(2), younger than what it checks. */
final class CachedPages {
    private static final int CACHESTAT = 451;
    private static final int ENOSYS = 38;
    private static final int COUNTS = 5;

    /** In the order of the call's answer. */
    enum Count {
        ALL,
        DIRTY,
        ON_ITS_WAY
    }

    private CachedPages() {}

    /** Skips the test where the kernel does not count. */
    static long of(Path file, Count count) throws IOException {
        NativeLibrary library = NativeLibrary.getInstance("c");
        Function syscall = library.getFunction("syscall", Function.THROW_LAST_ERROR);
        Function open = library.getFunction("open", Function.THROW_LAST_ERROR);
        Function close = library.getFunction("close", Function.THROW_LAST_ERROR);
        int descriptor = open.invokeInt(new Object[] {file.toString(), 0});
        try (Memory range = new Memory(2 * Long.BYTES);
                Memory counts = new Memory(COUNTS * Long.BYTES)) {
            range.setLong(0, 0);
            range.setLong(Long.BYTES, Files.size(file));
            syscall.invokeLong(
                    new Object[] {(long) CACHESTAT, (long) descriptor, range, counts, 0L});
            return counts.getLong((long) count.ordinal() * Long.BYTES);
        } catch (LastErrorException e) {
            Assumptions.assumeTrue(
                    e.getErrorCode() != ENOSYS, "SKIPPED: this kernel does not count pages");
            throw e;
        } finally {
            close.invokeInt(new Object[] {descriptor});
        }
    }
}
