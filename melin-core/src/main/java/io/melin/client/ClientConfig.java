package io.melin.client;

import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * All about a client but its protocol.
 *
 * @param servers tried in turn; the answer of a node that is not the primary can name another
 * @param retriesRefusals whether what was refused for now is sent again until its deadline, rather
 *     than failed at once
 * @param tls asked at each connect, so that a renewed certificate is taken; null for plain TCP. The
 *     server's certificate must name the host that was connected to
 */
public record ClientConfig(
        List<ServerAddress> servers,
        ClientIdentity identity,
        ClientLimits limits,
        ClientTimeouts timeouts,
        ReconnectConfig reconnect,
        boolean retriesRefusals,
        @Nullable Supplier<SSLContext> tls) {

    public ClientConfig {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers must not be empty");
        }
    }

    /** Defaults: nobody, plain TCP, refusals fail at once. */
    public static ClientConfig of(ServerAddress... servers) {
        return new ClientConfig(
                List.of(servers),
                ClientIdentity.none(),
                ClientLimits.DEFAULT,
                ClientTimeouts.DEFAULT,
                ReconnectConfig.DEFAULT,
                false,
                null);
    }

    public ClientConfig withIdentity(ClientIdentity identity) {
        return new ClientConfig(
                servers, identity, limits, timeouts, reconnect, retriesRefusals, tls);
    }

    public ClientConfig withLimits(ClientLimits limits) {
        return new ClientConfig(
                servers, identity, limits, timeouts, reconnect, retriesRefusals, tls);
    }

    public ClientConfig withTimeouts(ClientTimeouts timeouts) {
        return new ClientConfig(
                servers, identity, limits, timeouts, reconnect, retriesRefusals, tls);
    }

    public ClientConfig withReconnect(ReconnectConfig reconnect) {
        return new ClientConfig(
                servers, identity, limits, timeouts, reconnect, retriesRefusals, tls);
    }

    public ClientConfig withRetriesRefusals(boolean retriesRefusals) {
        return new ClientConfig(
                servers, identity, limits, timeouts, reconnect, retriesRefusals, tls);
    }

    public ClientConfig withTls(Supplier<SSLContext> tls) {
        return new ClientConfig(
                servers, identity, limits, timeouts, reconnect, retriesRefusals, tls);
    }
}
