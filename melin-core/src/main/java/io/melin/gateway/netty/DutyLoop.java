package io.melin.gateway.netty;

import io.melin.stage.WaitFlag;
import io.melin.stage.Waiter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * The event loop of the ingress thread, and the place where that thread waits.
 *
 * <p>A wake-up that comes between the decision to wait and the wait is seen, because the loop asks
 * {@link #canBlock} at the last moment, after it has said that it waits (W1 of {@link
 * io.melin.stage.Wakeup}). A wake-up before that may be lost, of epoll at least: it is not needed.
 */
final class DutyLoop extends ManualIoEventLoop implements Waiter {
    private static final long BUDGET_NS = 1_000_000;

    private final WaitFlag flag = new WaitFlag();

    /** The owner is whoever runs it first. */
    DutyLoop(IoHandlerFactory handlers) {
        super(null, handlers);
    }

    @Override
    protected boolean canBlock() {
        return flag.isArmed();
    }

    /** The library pools what it needs for a write only for threads that promise to clean up. */
    @Override
    public void inhabit(Runnable life) {
        FastThreadLocalThread.runWithFastThreadLocal(life);
    }

    @Override
    public void arm() {
        flag.arm();
    }

    @Override
    public void disarm() {
        flag.disarm();
    }

    @Override
    public void await(long limitNs) {
        if (flag.isArmed()) {
            run(Math.max(1, limitNs), BUDGET_NS);
            flag.disarm();
        }
        // An interrupt is no message to a stage, and while it is set no select would last.
        Thread.interrupted();
    }

    @Override
    public void signal() {
        if (flag.take()) {
            wakeup();
        }
    }

    /** I/O that is ready, and tasks, without waiting. */
    int step() {
        return runNow(BUDGET_NS);
    }
}
