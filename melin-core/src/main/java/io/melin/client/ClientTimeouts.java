package io.melin.client;

import java.time.Duration;

/**
 * How long a client waits.
 *
 * @param connect from the first packet until requests are taken
 * @param request from submit to answer, over all connections; then the outcome is unknown
 * @param idle a server that sends nothing for so long is gone; never less than the server's own
 *     limit, a third of which is its pause between heartbeats
 */
public record ClientTimeouts(Duration connect, Duration request, Duration idle) {
    private static final Duration MAX = Duration.ofDays(365);

    public static final ClientTimeouts DEFAULT =
            new ClientTimeouts(
                    Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15));

    public ClientTimeouts {
        check("connect", connect);
        check("request", request);
        check("idle", idle);
    }

    public ClientTimeouts withRequest(Duration request) {
        return new ClientTimeouts(connect, request, idle);
    }

    public ClientTimeouts withConnect(Duration connect) {
        return new ClientTimeouts(connect, request, idle);
    }

    static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    name + " must be above zero and a year at most: " + name + "=" + value);
        }
    }
}
