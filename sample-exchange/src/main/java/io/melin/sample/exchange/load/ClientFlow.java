package io.melin.sample.exchange.load;

import java.nio.ByteBuffer;

/**
 * What one client asks for where somebody else than {@code load} measures: first what must exist
 * and orders that rest, then {@link Flow#FIXED} without end, at the same frames as {@code load}.
 * The client with number 0 makes what all of them need, so it comes first. One thread.
 */
public final class ClientFlow {
    private static final int CLIENT_SHIFT = 48;

    private final SetUp setUp;
    private final OrderFlow flow;

    /**
     * How a client trades.
     *
     * @param openOrders of each client, 1 or more: that rest when the flow begins, and so many the
     *     client keeps, fills not looked at
     * @param seed of everything that is drawn
     */
    public record Plan(Market market, int openOrders, long seed) {
        public Plan {
            if (openOrders < 1) {
                throw new IllegalArgumentException(
                        "openOrders must be 1 or more: openOrders=" + openOrders);
            }
        }
    }

    /**
     * @param client from 0; the exchange is new to all of them
     */
    public ClientFlow(Plan plan, int client) {
        Market market = plan.market();
        Shape alone =
                new Shape(
                        1, 1, 0, Flow.FIXED, market.accounts(), market.instruments(), plan.seed());
        setUp = new SetUp(alone, 0);
        if (client > 0) {
            setUp.skip();
        }
        Draws draws = new Draws(Draws.random(Flow.FIXED, plan.seed(), client), Flow.FIXED, market);
        LiveOrders live = new LiveOrders(plan.openOrders());
        flow = new OrderFlow(draws, live, Flow.FIXED, (client + 1L) << CLIENT_SHIFT);
    }

    /** Writes the next frame of what comes before the flow; false if there is no more. */
    public boolean writeSetUp(ByteBuffer out, long request) {
        if (setUp.write(out, request)) {
            setUp.ended(request, Outcome.ANSWERED); // whoever uses this takes no other answer
            return true;
        }
        return flow.rest(out, request);
    }

    /** Writes the next frame of the flow, whole at the position of a little-endian buffer. */
    public void write(ByteBuffer out, long request) {
        flow.write(out, request);
    }
}
