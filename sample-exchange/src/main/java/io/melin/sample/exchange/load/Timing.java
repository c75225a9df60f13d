package io.melin.sample.exchange.load;

/**
 * How long each part of a run lasts, in nanoseconds.
 *
 * @param timeoutNs without any answer, after which what is missing counts as lost
 */
record Timing(long warmupNs, long measureNs, long timeoutNs) {}
