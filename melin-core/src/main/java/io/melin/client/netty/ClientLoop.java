package io.melin.client.netty;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An event loop that is run by its owner and woken by callers.
 *
 * <p>W1: work that was published before {@link #signal} is seen after the {@link #await} that
 * returns because of it; there is one wake-up for all signals in between. Threading: the owner, but
 * for {@link #signal}.
 */
final class ClientLoop extends ManualIoEventLoop {
    private static final long NO_TASK_LIMIT = 0;

    private final AtomicBoolean work = new AtomicBoolean();

    ClientLoop() {
        super(null, NioIoHandler.newFactory());
    }

    @Override
    protected boolean canBlock() {
        return !work.get();
    }

    /** Any thread: there is work. */
    void signal() {
        if (!work.getAndSet(true)) {
            wakeup();
        }
    }

    /** Does what the sockets ask for; waits for them or for a signal, unless there was one. */
    void await(long waitNs) {
        if (work.compareAndSet(true, false)) {
            runNow(NO_TASK_LIMIT);
        } else {
            run(waitNs, NO_TASK_LIMIT);
            work.set(false);
        }
    }

    /** Closes the selector. */
    void end() {
        shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!isTerminated()) {
            runNow(NO_TASK_LIMIT);
        }
    }
}
