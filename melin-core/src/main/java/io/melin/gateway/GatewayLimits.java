package io.melin.gateway;

/**
 * What clients may use of a node.
 *
 * @param connections that may be open at once, {@link #CONNECTIONS_MAX} at most; the next one is
 *     told to come back later
 * @param window requests of one connection that may be unanswered; then it is not read on
 * @param backlogBytes answers that one connection may have unread; beyond it is closed
 * @param backlogBytesTotal the same over all connections; one may have what is free, at most
 * @param queries that may be unanswered over all connections
 */
public record GatewayLimits(
        int connections, int window, int backlogBytes, long backlogBytesTotal, int queries) {

    public static final GatewayLimits DEFAULT =
            new GatewayLimits(1_024, 1_024, 4 << 20, 256L << 20, 256);

    /** Holds the largest answer of an event with the default payload limit. */
    public static final int BACKLOG_BYTES_MIN = 1 << 16;

    /** The places of connections and of their answers under way are numbered. */
    public static final int CONNECTIONS_MAX = 1 << 20;

    public GatewayLimits {
        requireAtLeast(1, connections, "connections");
        if (connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException(
                    "connections must be 1,048,576 at most: connections=" + connections);
        }
        requireAtLeast(1, window, "window");
        requireAtLeast(BACKLOG_BYTES_MIN, backlogBytes, "backlogBytes");
        requireAtLeast(BACKLOG_BYTES_MIN, backlogBytesTotal, "backlogBytesTotal");
        requireAtLeast(1, queries, "queries");
    }

    private static void requireAtLeast(int least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " or more: " + name + "=" + value);
        }
    }

    /**
     * What one connection may have unread while so much of the total is free: never more than that,
     * so that however many peers read nothing, something is left for the next one. A connection
     * with nothing unread is never over its limit.
     */
    long backlogBytes(long free) {
        return Math.min(backlogBytes, free);
    }
}
