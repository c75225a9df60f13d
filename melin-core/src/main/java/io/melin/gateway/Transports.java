package io.melin.gateway;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where transports come from: a network, or a simulated one. */
@FunctionalInterface
public interface Transports {

    /**
     * Listens at once.
     *
     * @param tls asked for each new connection; null speaks in the clear
     * @throws GatewayBindException if the address cannot be bound
     * @throws TransportUnavailableException if this machine has no such kind
     */
    Transport listen(
            InetSocketAddress address, TransportKind kind, @Nullable Supplier<SSLContext> tls);
}
