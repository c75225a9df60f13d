package io.melin.spring.boot.autoconfigure.gateway;

import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.between;
import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.check;

import io.melin.gateway.GatewayConfig;
import io.melin.gateway.GatewayLimits;
import io.melin.gateway.GatewayTimeouts;
import io.melin.gateway.TransportKind;
import io.melin.spring.boot.autoconfigure.diagnostics.MissingAuthorizedKeysException;
import io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck;
import io.melin.spring.boot.autoconfigure.gateway.MelinGatewayProperties.Authentication;
import io.melin.wire.Transcript;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Turns properties into the gateway's configuration. */
final class GatewaySetups {
    static final String PORT = "melin.gateway.port";
    static final String BUNDLE = "melin.gateway.ssl.bundle";

    private static final String PREFIX = "melin.gateway.";
    private static final int PORT_MAX = 65_535;
    private static final int QUERIES_MAX = 1 << 20;
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(1);
    private static final Duration TIMEOUT_MAX = Duration.ofDays(24);
    private static final DataSize BACKLOG_MIN = DataSize.ofBytes(GatewayLimits.BACKLOG_BYTES_MIN);
    private static final DataSize BACKLOG_MAX = DataSize.ofGigabytes(1);
    private static final DataSize BACKLOG_TOTAL_MAX = DataSize.ofTerabytes(1);

    private GatewaySetups() {}

    static GatewayConfig config(MelinGatewayProperties gateway) {
        return new GatewayConfig(
                new InetSocketAddress(gateway.address(), port(gateway)),
                TransportKind.AUTO,
                server(gateway.server()),
                limits(gateway.limits()),
                timeouts(gateway.timeouts()));
    }

    private static int port(MelinGatewayProperties gateway) {
        Integer port = gateway.port();
        return between(PORT, port == null ? 0 : port, 0, PORT_MAX);
    }

    private static String server(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        check(
                bytes >= 1 && bytes <= Transcript.SERVER_BYTES_MAX,
                PREFIX + "server",
                name,
                "must have 1 to " + Transcript.SERVER_BYTES_MAX + " bytes");
        return name;
    }

    /** The file of keys, or null where everybody may come. */
    static @Nullable Path keys(MelinGatewayProperties gateway) {
        if (gateway.authentication() == Authentication.OFF) {
            return null;
        }
        String file = gateway.authorizedKeys();
        if (file == null || file.isBlank()) {
            throw new MissingAuthorizedKeysException(port(gateway));
        }
        return PropertyCheck.path(PREFIX + "authorized-keys", file);
    }

    private static GatewayLimits limits(MelinGatewayProperties.Limits limits) {
        String prefix = PREFIX + "limits.";
        return new GatewayLimits(
                between(
                        prefix + "connections",
                        limits.connections(),
                        1,
                        GatewayLimits.CONNECTIONS_MAX),
                PropertyCheck.atLeast(prefix + "window", limits.window(), 1),
                (int) between(prefix + "backlog", limits.backlog(), BACKLOG_MIN, BACKLOG_MAX),
                between(
                        prefix + "backlog-total",
                        limits.backlogTotal(),
                        BACKLOG_MIN,
                        BACKLOG_TOTAL_MAX),
                between(prefix + "queries", limits.queries(), 1, QUERIES_MAX));
    }

    private static GatewayTimeouts timeouts(MelinGatewayProperties.Timeouts timeouts) {
        return new GatewayTimeouts(
                timeout("handshake", timeouts.handshake()),
                timeout("idle", timeouts.idle()),
                timeout("heartbeat", timeouts.heartbeat()),
                timeout("stall", timeouts.stall()),
                timeout("overload", timeouts.overload()));
    }

    private static Duration timeout(String name, Duration value) {
        return between(PREFIX + "timeouts." + name, value, TIMEOUT_MIN, TIMEOUT_MAX);
    }
}
