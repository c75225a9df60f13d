package io.melin.node;

import io.melin.gateway.GatewayConfig;
import io.melin.gateway.Protocol;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A node's door for clients on sockets.
 *
 * @param keys file of those who may connect, read again when it changes; null takes everybody
 * @param tls asked for each new connection; null speaks in the clear
 */
public record GatewaySetup(
        GatewayConfig config,
        Protocol protocol,
        @Nullable Path keys,
        @Nullable Supplier<SSLContext> tls) {}
