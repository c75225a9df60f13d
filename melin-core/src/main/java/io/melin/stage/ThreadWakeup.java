package io.melin.stage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A {@link Waiter} that parks its thread. */
public final class ThreadWakeup implements Waiter {
    private static final VarHandle ARMED;

    static {
        try {
            ARMED = MethodHandles.lookup().findVarHandle(ThreadWakeup.class, "armed", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The thread that waits or is about to; null while it is awake or already signalled. */
    private @Nullable Thread armed;

    @Override
    public void arm() {
        ARMED.setOpaque(this, Thread.currentThread());
        VarHandle.fullFence();
    }

    @Override
    public void disarm() {
        ARMED.setOpaque(this, (Thread) null);
    }

    @Override
    public void await(long limitNs) {
        if (isArmed()) {
            LockSupport.parkNanos(this, limitNs);
            disarm();
        }
        // An interrupt is no message to a stage, and while it is set no park would last.
        Thread.interrupted();
    }

    @Override
    public void signal() {
        VarHandle.fullFence();
        Thread waiting = (Thread) ARMED.getOpaque(this);
        if (waiting != null && ARMED.compareAndSet(this, waiting, (Thread) null)) {
            LockSupport.unpark(waiting);
        }
    }

    /** Whether a waiter armed and nobody has signalled since. */
    boolean isArmed() {
        return ARMED.getOpaque(this) != null;
    }
}
