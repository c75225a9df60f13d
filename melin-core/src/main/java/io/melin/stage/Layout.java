package io.melin.stage;

/** How stages share threads. */
public enum Layout {
    /** Chosen by the cores that the process may really use. */
    AUTO,
    /** A pinned, spinning thread for each stage. */
    DEDICATED,
    /** A thread for each stage; they spin a little, then park. */
    SHARED,
    /** Few threads: what a request needs runs on one. */
    COMPACT,
    /** No threads: the caller steps. */
    MANUAL
}
