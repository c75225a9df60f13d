package io.melin.sample.exchange.load;

/**
 * What the load looks like.
 *
 * @param window requests in flight on each connection
 * @param rate requests a second over all connections, 0 for a closed loop
 * @param seed of everything that is drawn
 */
record Shape(
        int connections,
        int window,
        double rate,
        Flow flow,
        int accounts,
        int instruments,
        long seed) {

    /** Orders that a client of {@link Flow#COMPAT} keeps. */
    private static final int COMPAT_LIVE = 1_000_000;

    /** Orders that all clients of the other flows keep together: an account may have 10,000. */
    private static final int LIVE = 16_384;

    private static final int LIVE_MIN = 16;

    /** Orders of one client that may rest at a time. */
    int liveOrders() {
        return flow == Flow.COMPAT ? COMPAT_LIVE : Math.max(LIVE_MIN, LIVE / connections);
    }

    boolean isOpenLoop() {
        return rate > 0;
    }
}
