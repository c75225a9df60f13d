package io.melin.health;

/**
 * Hears of every change of state, in order and one at a time, on the thread that caused it.
 *
 * <p>It may itself enter a state: that change is told to everyone after this one. It must not wait
 * for another thread that enters a state. Fails: what it throws is logged, and stops neither the
 * change nor the listeners behind it.
 */
@FunctionalInterface
public interface StateListener {
    void changed(StateChange change);
}
