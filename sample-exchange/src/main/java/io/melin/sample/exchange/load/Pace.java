package io.melin.sample.exchange.load;

/**
 * When the requests of one client are due.
 *
 * <p>O1: in an open loop the k-th request counts from its own time, whatever became of those before
 * it. Only the client's own timer is forgiven, and no more than {@link #SLACK_NS}.
 *
 * <p>The clients take turns, so that their requests are spread evenly. Threading: one.
 */
final class Pace {
    /** A selector wakes up to a millisecond late, which is no fault of the server. */
    static final long SLACK_NS = 1_000_000;

    private final Shape shape;
    private final Phases phases;
    private final int client;
    private final double tickNs;
    private long first = Long.MAX_VALUE;
    private long blockedUpTo;

    Pace(Shape shape, Phases phases, int client) {
        this.shape = shape;
        this.phases = phases;
        this.client = client;
        tickNs = shape.isOpenLoop() ? 1e9 / shape.rate() : 0;
    }

    /** The flow begins with this request. */
    void start(long request) {
        first = request;
    }

    /** The last request that is due. */
    long due(long nowNs) {
        if (!shape.isOpenLoop()) {
            return Long.MAX_VALUE;
        }
        return nowNs - phases.measureEndNs() >= 0 ? last() : first - 1 + ticks(nowNs);
    }

    /** The last request that the schedule has. */
    long last() {
        return first - 1 + ticks(phases.measureEndNs() - 1);
    }

    /** The time from which the latency of a request counts that is sent now. */
    long countedFrom(long request, long nowNs) {
        if (!shape.isOpenLoop() || request > last()) {
            return nowNs;
        }
        long scheduled = scheduled(request);
        return request <= blockedUpTo || nowNs - scheduled > SLACK_NS ? scheduled : nowNs;
    }

    /** Whether the client, and not the server, is the reason that a request leaves late. */
    boolean isOwnFault(long request, long nowNs) {
        return shape.isOpenLoop()
                && request <= last()
                && request > blockedUpTo
                && nowNs - scheduled(request) > SLACK_NS;
    }

    /** What is due by now could not be sent, since the server had not answered enough. */
    void blocked(long nowNs) {
        if (shape.isOpenLoop()) {
            blockedUpTo = Math.max(blockedUpTo, due(nowNs));
        }
    }

    /** When a request of the schedule is due. */
    long scheduled(long request) {
        double ticks = (double) (request - first) * shape.connections() + client;
        return phases.startNs() + (long) (ticks * tickNs);
    }

    /** How many requests are due within the run up to a time. */
    private long ticks(long timeNs) {
        double all = (timeNs - phases.startNs()) / tickNs;
        return all < client ? 0 : (long) ((all - client) / shape.connections()) + 1;
    }
}
