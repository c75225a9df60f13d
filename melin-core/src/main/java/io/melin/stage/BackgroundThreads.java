package io.melin.stage;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/**
 * Threads that the kernel serves when no other wants the core: for work that may take long and that
 * nobody waits for. Each lowers itself as its first step, since on Linux niceness is a thread's own
 * (setpriority(2), "C library/kernel differences") and {@link Thread#setPriority} does nothing.
 *
 * <p>Without Linux or the optional native bridge (JNA) they are threads like any other, and the log
 * says so once for each.
 */
public final class BackgroundThreads implements Threads {
    /** The lowest that a thread can be without asking for a scheduling class of its own. */
    static final int NICE_MAX = 19;

    private static final System.Logger LOG = System.getLogger(BackgroundThreads.class.getName());

    private final Threads threads;

    public BackgroundThreads(Threads threads) {
        this.threads = threads;
    }

    @Override
    public Thread create(String name, Runnable body) {
        return threads.create(
                name,
                () -> {
                    lower(name);
                    body.run();
                });
    }

    private static void lower(String name) {
        long tid = KernelThread.tid();
        if (tid == 0) { // elsewhere the same call would lower the whole process
            report(name, "threads have no niceness here");
            return;
        }
        try {
            Library.lower(tid);
        } catch (RuntimeException | LinkageError e) {
            report(name, e.toString());
        }
    }

    private static void report(String name, String reason) {
        LOG.log(
                System.Logger.Level.INFO,
                "thread has no lower priority than others, long snapshots may slow them down:"
                        + (" name=" + name)
                        + (", reason=" + reason));
    }

    /** Loaded on first use, so that a missing bridge is a line in the log and no crash. */
    private static final class Library {
        private static final int PRIO_PROCESS = 0;

        static {
            Native.register(Library.class, "c");
        }

        /** Raising one's own niceness needs no privilege. */
        static void lower(long tid) {
            setpriority(PRIO_PROCESS, (int) tid, NICE_MAX);
        }

        private static native int setpriority(int which, int who, int niceness)
                throws LastErrorException;
    }
}
