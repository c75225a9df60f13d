package io.melin.sample.exchange.load;

/** What a loop counts. Those of the measured span say so; the others are of the whole run. */
enum Count {
    /** Measured: sent, or due in an open loop. */
    SENT,
    /** Measured: ended by whatever frame. */
    ANSWERED,
    /** Measured: answered with a rejection of the exchange. */
    REJECTED,
    /** Measured: refused for now. */
    BUSY,
    /** Answers that arrived in the measured span, refusals not among them. */
    COMPLETED,
    /** Measured: left more than the slack after its time, though the window was open. */
    LATE,
    /** Measured: due, but never sent. */
    UNSENT,
    /** Sent and never answered. */
    MISSING,
    /** Wrong answers, lost connections, failed requests. */
    ERRORS,
    /** Outcomes that were repeated after a reconnect. */
    REPEATED,
    RECONNECTS,
    /** Every request that was ended. */
    PROGRESS
}
