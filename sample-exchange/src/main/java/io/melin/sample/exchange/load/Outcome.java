package io.melin.sample.exchange.load;

/** What a frame of the server means for the oldest request without an answer. */
enum Outcome {
    /** It goes on: a report, or a frame of the session. */
    OPEN,
    ANSWERED,
    /** Answered, and the exchange rejected it. */
    REJECTED,
    /** Surely not applied. */
    BUSY,
    /** Failed for good, which no request of this load deserves. */
    FAILED,
    /** The connection ends, and no request with it. */
    LOST,
    /** Not what may come now: nothing behind it can be trusted. */
    WRONG
}
