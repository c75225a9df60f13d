package io.melin.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of code allocates on the thread that runs it. */
public final class AllocatedBytes {
    private static final int RUNS = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /** Runs {@code action} twice, to warm up and to count; returns what the second run allocated. */
    public static long during(Runnable action) {
        action.run();
        return inOneRun(action);
    }

    /** The least of several runs: a first one loads classes, and a fuzzer changes them. */
    public static long least(Runnable pure) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            least = Math.min(least, inOneRun(pure));
        }
        return least;
    }

    private static long inOneRun(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
