package io.melin.app;

/** When the answer to a query may be released. */
public enum Consistency {
    /** Once everything that the answer can have seen meets the durability policy. */
    DURABLE,
    /** At once: the answer may show events that a crash can still lose. */
    LOCAL
}
