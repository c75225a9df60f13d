package io.melin.gateway;

import java.time.Duration;

/**
 * How long the gateway waits for whom.
 *
 * @param handshake for a connection to say who it is
 * @param idle for any byte of a connection
 * @param heartbeat of own silence, before the gateway says that it is there
 * @param stall for a peer to take any byte of what waits for it
 * @param overload for room in the node, before a request is refused
 */
public record GatewayTimeouts(
        Duration handshake, Duration idle, Duration heartbeat, Duration stall, Duration overload) {

    public static final GatewayTimeouts DEFAULT =
            new GatewayTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1));

    public GatewayTimeouts {
        requirePositive(handshake, "handshake");
        requirePositive(idle, "idle");
        requirePositive(heartbeat, "heartbeat");
        requirePositive(stall, "stall");
        requirePositive(overload, "overload");
    }

    private static void requirePositive(Duration value, String name) {
        if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + " must be 1 ms to 24 days: " + name + "=" + value);
        }
    }
}
