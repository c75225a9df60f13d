package io.melin.bench.client;

/**
 * What a client does.
 *
 * @param connections 1 or more
 * @param window requests in flight on each, 1 or more
 * @param ratePerSecond over all connections; 0 for a closed loop
 * @param spins whether it never waits in the kernel
 */
record Load(int connections, int window, long ratePerSecond, boolean spins) {}
