package io.melin.node;

import io.melin.gateway.AuthorizedKeys;
import io.melin.gateway.GatewayConfig;
import io.melin.gateway.GatewayDoor;
import io.melin.gateway.Transport;
import io.melin.journaled.JournaledApplication;
import io.melin.local.LocalClient;
import io.melin.local.LocalDoor;
import io.melin.pipeline.Door;
import io.melin.pipeline.PipelineMeters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways into one run of a node: callers of this process, and sockets if so configured. */
final class NodeDoors<E, R> {
    private static final int LOCAL = 1;
    private static final int GATEWAY = 2;

    final LocalDoor<E, R> local;
    final LocalClient<E, R> client;
    final @Nullable GatewayDoor gateway;
    private final List<Door> all = new ArrayList<>();

    /**
     * Listens from now on; serves once the pipeline runs.
     *
     * @throws io.melin.gateway.GatewayBindException if its address cannot be bound
     * @throws io.melin.gateway.TransportUnavailableException if this machine has not its transport
     * @throws io.melin.gateway.KeyFileException if its keys cannot be read
     */
    NodeDoors(
            JournaledApplication.Program<E, R> program,
            MelinConfig config,
            NodePorts ports,
            NodeMeters meters) {
        int payloadBytesMax = config.journal().payloadBytesMax();
        PipelineMeters pipeline = meters.pipeline();
        local =
                new LocalDoor<>(
                        new LocalDoor.Config(LOCAL, config.callsMax(), payloadBytesMax),
                        program.events(),
                        program.reports(),
                        pipeline);
        client = new LocalClient<>(local, ports.time());
        all.add(local);
        GatewaySetup setup = config.gateway();
        gateway = setup == null ? null : gateway(setup, payloadBytesMax, program, ports, meters);
        if (gateway != null) {
            all.add(gateway);
        }
    }

    private static GatewayDoor gateway(
            GatewaySetup setup,
            int payloadBytesMax,
            JournaledApplication.Program<?, ?> program,
            NodePorts ports,
            NodeMeters meters) {
        AuthorizedKeys keys = setup.keys() == null ? null : new AuthorizedKeys(setup.keys());
        GatewayConfig config = setup.config();
        Transport transport =
                ports.transports().listen(config.address(), config.transport(), setup.tls());
        return new GatewayDoor(
                new GatewayDoor.Config(GATEWAY, payloadBytesMax, config),
                new GatewayDoor.Ports(
                        transport,
                        setup.protocol(),
                        program.events(),
                        keys,
                        ports.time(),
                        meters.pipeline(),
                        meters.gateway()));
    }

    /** In the order of their numbers. */
    List<Door> all() {
        return all;
    }

    /** Requests whose answers have not left. */
    int inFlight() {
        int count = 0;
        for (Door door : all) {
            count += door.inFlight();
        }
        return count;
    }

    /** As {@link Door#close}. */
    void close(@Nullable Throwable cause) {
        all.forEach(door -> door.close(cause));
    }
}
