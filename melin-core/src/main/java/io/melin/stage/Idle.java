package io.melin.stage;

/** What threads of the hot path do when nothing is to be done. */
public enum Idle {
    /** Spin where each has a core of its own and got it, otherwise back off, then park. */
    AUTO,
    /**
     * Never wait in the kernel: a wake-up costs tens of microseconds, more than most events. Each
     * thread of the hot path takes a core for good, so one more must be left for everything else.
     */
    SPIN
}
