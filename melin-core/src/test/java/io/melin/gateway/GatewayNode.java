package io.melin.gateway;

import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.testing.CounterApplication;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A counter on a node with a gateway on a free port of loopback. */
final class GatewayNode implements AutoCloseable {
    static final InetSocketAddress FREE_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    final MelinNode<Long, Long> node;

    private GatewayNode(MelinNode<Long, Long> node) {
        this.node = node;
    }

    static MelinConfig config(Path directory, Layout layout) {
        return MelinConfig.of(directory).withStages(new StageConfig(layout, Map.of()));
    }

    static GatewayNode start(MelinConfig config) {
        return start(config, GatewayConfig.of(FREE_PORT), null);
    }

    static GatewayNode start(MelinConfig config, GatewayConfig gateway, @Nullable Path keys) {
        GatewaySetup setup = new GatewaySetup(gateway, new DefaultProtocol(), keys, null);
        MelinNode<Long, Long> node =
                MelinNode.create(
                        new CounterApplication(),
                        CounterApplication.CODEC,
                        CounterApplication.CODEC,
                        config.withGateway(setup));
        node.start();
        return new GatewayNode(node);
    }

    InetSocketAddress address() {
        NodeStatus.Run run = Objects.requireNonNull(node.status().run());
        return Objects.requireNonNull(run.gateway()).address();
    }

    @Override
    public void close() {
        node.close();
    }
}
