package io.melin.journal;

/** Is told at once when more entries are durable, before the writer does anything else. */
@FunctionalInterface
public interface DurableListener {

    /**
     * Threading: the holder of the disk work. Must not wait.
     *
     * @param sequence of the last durable entry
     */
    void onDurable(long sequence);

    /** The space of what was durable is free for new frames. Threading: as {@link #onDurable}. */
    default void onReleased() {}
}
