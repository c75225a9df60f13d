package io.melin.testing;

import java.lang.management.ManagementFactory;

/** What a piece of code allocates on the thread that runs it. */
public final class AllocatedBytes {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /** Runs {@code action} twice, to warm up and to count; returns what the second run allocated. */
    public static long during(Runnable action) {
        long thread = Thread.currentThread().getId();
        action.run();
        THREADS.getThreadAllocatedBytes(thread);
        long before = THREADS.getThreadAllocatedBytes(thread);
        action.run();
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
