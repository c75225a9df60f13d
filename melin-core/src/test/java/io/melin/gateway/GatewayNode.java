package io.melin.gateway;

import io.melin.app.Application;
import io.melin.app.Codec;
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

/** A node with a gateway on a free port of loopback; a counter unless told otherwise. */
final class GatewayNode implements AutoCloseable {
    static final InetSocketAddress FREE_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    final MelinNode<?, ?> node;

    private GatewayNode(MelinNode<?, ?> node) {
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
        return start(config.withGateway(setup), new CounterApplication(), CounterApplication.CODEC);
    }

    /** Another application of numbers. */
    static <R> GatewayNode start(
            MelinConfig config, Application<Long, R> application, Codec<R> reports) {
        return start(MelinNode.create(application, CounterApplication.CODEC, reports, config));
    }

    static GatewayNode start(MelinNode<?, ?> node) {
        node.start();
        return new GatewayNode(node);
    }

    InetSocketAddress address() {
        return status().address();
    }

    int connections() {
        return status().connections();
    }

    private NodeStatus.GatewayStatus status() {
        NodeStatus.Run run = Objects.requireNonNull(node.status().run());
        return Objects.requireNonNull(run.gateway());
    }

    long drops(Drop reason) {
        return node.meters().gateway().drops(reason);
    }

    @Override
    public void close() {
        node.close();
    }
}
