package io.melin.stage;

import io.melin.integrity.Invariant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The right to do the disk work, held by one thread at a time.
 *
 * <p>D1: only the holder writes and forces. D2: what a holder wrote before {@link #release} is seen
 * by the next one. Not reentrant; no call waits.
 */
public final class DiskToken {
    private static final VarHandle HOLDER;

    static {
        try {
            HOLDER = MethodHandles.lookup().findVarHandle(DiskToken.class, "holder", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Thread holder;

    /** Takes the token if it is free. */
    public boolean tryAcquire() {
        return HOLDER.compareAndSet(this, (Thread) null, Thread.currentThread());
    }

    /**
     * Takes the token where it must be free by now, for instance after its last holder ended.
     *
     * @throws AssertionError when a thread, the caller included, holds it
     */
    public void acquire() {
        if (!tryAcquire()) {
            Invariant.check(false, "disk token is not free: holder=" + holder());
        }
    }

    /**
     * @throws AssertionError unless the caller holds it
     */
    public void release() {
        assertHeld();
        HOLDER.setRelease(this, (Thread) null);
    }

    public boolean isHeldByCaller() {
        return holder() == Thread.currentThread();
    }

    /**
     * @throws AssertionError unless the caller holds it
     */
    public void assertHeld() {
        if (!isHeldByCaller()) {
            Invariant.check(
                    false,
                    "disk work without the token: thread="
                            + Thread.currentThread().getName()
                            + ", holder="
                            + holder());
        }
    }

    private @Nullable Thread holder() {
        return (Thread) HOLDER.getOpaque(this);
    }
}
