package io.melin.spring.boot.autoconfigure;

/** What becomes of a submit inside an active Spring transaction, which cannot undo it. */
public enum InTransaction {
    /** Submit and say nothing. */
    ALLOW,
    /** Submit and warn, once for each place in the code. */
    WARN,
    /** Throw before anything is submitted. */
    REJECT
}
