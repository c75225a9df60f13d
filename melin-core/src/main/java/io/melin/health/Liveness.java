package io.melin.health;

/** Whether the node can still recover by itself; only a local, final failure is broken. */
public enum Liveness {
    CORRECT,
    BROKEN
}
