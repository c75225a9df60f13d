package io.melin.stage;

/**
 * The side of a wake-up that hands work over. Threading: any.
 *
 * <p>W1: whoever publishes work and then signals is not overlooked by a waiter that arms and then
 * looks for work: one of the two sees the other.
 */
public interface Wakeup {

    /** For a waiter that polls. */
    Wakeup NONE = () -> {};

    /** Call after the work was published. Costs a fence and a read while the waiter is awake. */
    void signal();
}
