package io.melin.stage;

import java.util.concurrent.LinkedBlockingQueue;

/** Parks its thread, and notes each wait. */
final class NotingWaiter implements Waiter {
    /** What each wait was limited to, nanoseconds. */
    final LinkedBlockingQueue<Long> limitsNs = new LinkedBlockingQueue<>();

    private final ThreadWakeup wakeup = new ThreadWakeup();

    @Override
    public void arm() {
        wakeup.arm();
    }

    @Override
    public void disarm() {
        wakeup.disarm();
    }

    @Override
    public void await(long limitNs) {
        limitsNs.add(limitNs);
        wakeup.await(limitNs);
    }

    @Override
    public void signal() {
        wakeup.signal();
    }
}
