package io.melin.stage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The flag of a {@link Waiter} that sleeps in something else than a park: says whether somebody is
 * about to wait and was not signalled since (W1 of {@link Wakeup}).
 *
 * <p>Threading: {@link #arm} and {@link #disarm} by the one thread that waits, the rest by any.
 */
public final class WaitFlag {
    private static final VarHandle ARMED;

    static {
        try {
            ARMED = MethodHandles.lookup().findVarHandle(WaitFlag.class, "armed", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through ARMED
    private int armed;

    /** A full fence: what is read after it is fresh. */
    public void arm() {
        ARMED.setOpaque(this, 1);
        VarHandle.fullFence();
    }

    public void disarm() {
        ARMED.setOpaque(this, 0);
    }

    public boolean isArmed() {
        return (int) ARMED.getOpaque(this) != 0;
    }

    /** Signaller, after the work was published: true for the one that must end the wait. */
    public boolean take() {
        VarHandle.fullFence();
        return isArmed() && ARMED.compareAndSet(this, 1, 0);
    }
}
