package io.melin.gateway;

import static org.junit.jupiter.api.Assumptions.abort;

import io.melin.gateway.netty.NettyTransport;

/** Transports as far as this machine has them. */
final class Sockets {
    private Sockets() {}

    /** On a free port of loopback; the test is skipped, loudly, where there is no such kind. */
    static NettyTransport listen(TransportKind kind) {
        try {
            return new NettyTransport(GatewayNode.FREE_PORT, kind, null);
        } catch (TransportUnavailableException e) {
            System.out.println("SKIPPED: " + e.getMessage());
            return abort("SKIPPED: " + e.getMessage());
        }
    }

    static void assumeThereIs(TransportKind kind) {
        listen(kind).abandon();
    }
}
