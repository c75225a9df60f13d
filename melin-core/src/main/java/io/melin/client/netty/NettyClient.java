package io.melin.client.netty;

import io.melin.client.ClientConfig;
import io.melin.client.ClientPorts;
import io.melin.client.ClientProtocol;
import io.melin.client.MelinClient;
import io.melin.client.QueuedClient;

/** Opens clients over the network. */
public final class NettyClient {
    private NettyClient() {}

    /** A client that begins to connect at once; close it when done. */
    public static <Q, R> MelinClient<Q, R> open(
            ClientConfig config, ClientProtocol<Q, R> protocol) {
        return open(config, protocol, ClientPorts.ofPlatform());
    }

    /** As {@link #open(ClientConfig, ClientProtocol)}, with ports of one's own. */
    public static <Q, R> MelinClient<Q, R> open(
            ClientConfig config, ClientProtocol<Q, R> protocol, ClientPorts ports) {
        NettyTransport transport = new NettyTransport(config.timeouts().connect(), config.tls());
        return QueuedClient.open(config, ports, transport, protocol);
    }
}
