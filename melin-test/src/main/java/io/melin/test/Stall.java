package io.melin.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A disk call that hangs until it is let go. Threading: any. */
public final class Stall {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /**
     * Waits until a call hangs.
     *
     * @throws AssertionError if none does within {@code timeout}
     */
    public void awaitEntered(Duration timeout) throws InterruptedException {
        if (!entered.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("no disk call stalled: timeout=" + timeout);
        }
    }

    /** Lets the call go on, and every later one through. */
    public void release() {
        released.countDown();
    }

    /** Holds even an interrupted thread, as a hung disk does. */
    void hold() {
        entered.countDown();
        boolean interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
