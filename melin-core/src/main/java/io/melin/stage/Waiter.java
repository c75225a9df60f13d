package io.melin.stage;

/**
 * The side of a wake-up that waits: arm, look for work once more, then await or disarm.
 *
 * <p>Threading: all but {@link #signal} belong to the one thread that waits. An implementation may
 * wait in whatever it likes, for instance in a selector.
 */
public interface Waiter extends Wakeup {

    /** Runs what the thread that waits here is for, from its first step to its last. */
    default void inhabit(Runnable life) {
        life.run();
    }

    /** Says that the thread is about to wait. A full fence: what is read after it is fresh (W1). */
    void arm();

    /** Work was found after all. */
    void disarm();

    /** Waits until signalled since {@link #arm}, at most {@code limitNs}; may return early. */
    void await(long limitNs);
}
