package io.melin.gateway;

import io.melin.wire.Transcript;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Where and how the gateway listens.
 *
 * @param address port 0 takes a free one
 * @param transport what its sockets are served with
 * @param server name of this server, 1 to 64 bytes of UTF-8; part of what clients sign
 */
public record GatewayConfig(
        InetSocketAddress address,
        TransportKind transport,
        String server,
        GatewayLimits limits,
        GatewayTimeouts timeouts) {

    public GatewayConfig {
        int bytes = server.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > Transcript.SERVER_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the server's name has 1 to 64 bytes: server=" + server + ", bytes=" + bytes);
        }
    }

    /** Default transport, name, limits and times. */
    public static GatewayConfig of(InetSocketAddress address) {
        return new GatewayConfig(
                address,
                TransportKind.AUTO,
                "melin",
                GatewayLimits.DEFAULT,
                GatewayTimeouts.DEFAULT);
    }

    public GatewayConfig withTransport(TransportKind transport) {
        return new GatewayConfig(address, transport, server, limits, timeouts);
    }

    public GatewayConfig withLimits(GatewayLimits limits) {
        return new GatewayConfig(address, transport, server, limits, timeouts);
    }

    public GatewayConfig withTimeouts(GatewayTimeouts timeouts) {
        return new GatewayConfig(address, transport, server, limits, timeouts);
    }
}
