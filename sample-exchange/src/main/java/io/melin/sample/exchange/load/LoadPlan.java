package io.melin.sample.exchange.load;

/**
 * Everything about a run.
 *
 * @param threads of the client, among which the connections are dealt
 */
record LoadPlan(Target target, Shape shape, Timing timing, int threads) {}
