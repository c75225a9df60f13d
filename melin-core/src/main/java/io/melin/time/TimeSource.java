package io.melin.time;

/** The clocks of a node, as a port. Threading: any. */
public interface TimeSource {

    /** Wall clock, Unix epoch, nanoseconds; may step back. */
    long epochNs();

    /** A monotonic ticker of arbitrary origin, nanoseconds; compare by subtraction. */
    long tickerNs();
}
