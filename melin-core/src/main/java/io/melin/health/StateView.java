package io.melin.health;

/** The read side of a {@link StateModel}. Threading: any; reads memory only. */
public interface StateView {

    /** The state together with its reason and age; consistent in itself. */
    StateChange current();

    default NodeState state() {
        return current().state();
    }

    /** Tells {@code listener} of every later change; see {@link StateListener}. */
    void onChange(StateListener listener);
}
