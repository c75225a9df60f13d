package io.melin.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What something allocates on this thread. */
public final class Allocated {
    private static final int RUNS = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /** The least of several runs: a first one loads classes, and a fuzzer changes them. */
    public static long bytes(Runnable pure) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            pure.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
