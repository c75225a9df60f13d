package io.melin.stage;

/** Where stage threads come from. Threading: called from a thread that is not pinned. */
@FunctionalInterface
public interface Threads {

    /** Threads of the platform; not daemons, since a node keeps its process alive. */
    Threads PLATFORM = (name, body) -> new Thread(null, body, name, 0, false);

    /** A thread that is not started yet. */
    Thread create(String name, Runnable body);
}
