package io.melin.sample.exchange.load;

import io.melin.gateway.GatewayConfig;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.gateway.ExchangeProtocol;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An exchange on a durable node with a gateway on loopback. */
final class ExchangeNode implements AutoCloseable {
    private final MelinNode<ExchangeEvent, ExchangeReport> node;

    private ExchangeNode(MelinNode<ExchangeEvent, ExchangeReport> node) {
        this.node = node;
    }

    /**
     * @param port 0 takes a free one
     * @param keys who may connect; null takes everybody
     */
    static ExchangeNode start(Path directory, int port, @Nullable Path keys) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        GatewaySetup gateway =
                new GatewaySetup(GatewayConfig.of(address), new ExchangeProtocol(), keys, null);
        MelinNode<ExchangeEvent, ExchangeReport> node =
                MelinNode.create(
                        new ExchangeApplication(),
                        new ExchangeEventCodec(),
                        new ExchangeReportCodec(),
                        MelinConfig.of(directory).withGateway(gateway));
        node.start();
        return new ExchangeNode(node);
    }

    int port() {
        NodeStatus.Run run = Objects.requireNonNull(node.status().run());
        return Objects.requireNonNull(run.gateway()).address().getPort();
    }

    @Override
    public void close() {
        node.close();
    }
}
