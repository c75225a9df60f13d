package io.melin.warmup;

import io.melin.app.EventId;
import io.melin.app.WarmUp;
import io.melin.client.ClientConfig;
import io.melin.client.ClientIdentity;
import io.melin.client.ClientLimits;
import io.melin.client.CodecProtocol;
import io.melin.client.MelinClient;
import io.melin.client.ServerAddress;
import io.melin.client.netty.NettyClient;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * A node that rehearses, in one of its lives. Threading: one.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
final class Twin<E, R> {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final long CLIENT = 1;
    private static final int[] WINDOWS = {1, 16, Caller.WINDOW};
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final MelinNode<E, R> node;
    private final CodecProtocol<E, R> protocol;
    private final WarmUp<E> events;
    private final Progress progress;
    private int rounds;
    private long bytesBefore;

    Twin(
            MelinNode<E, R> node,
            JournaledApplication.Program<E, R> program,
            WarmUp<E> events,
            Progress progress) {
        this.node = node;
        this.protocol = new CodecProtocol<>(program.events(), program.reports());
        this.events = events;
        this.progress = progress;
    }

    /** In turn by each door, so that the compiler sees both before it decides. */
    void round(int batches) {
        call(batches, this::byOperations);
        NodeStatus.Run run = Objects.requireNonNull(node.status().run(), "the twin has failed");
        NodeStatus.GatewayStatus gateway = run.gateway();
        if (gateway != null) {
            callGateway(gateway.address().getPort(), batches);
        }
        rounds++;
    }

    /** By a connection of each round's own: how one begins and ends has to be seen often too. */
    private void callGateway(int port, int batches) {
        ClientConfig own =
                ClientConfig.of(new ServerAddress(LOOPBACK.getHostAddress(), port))
                        .withIdentity(ClientIdentity.of(CLIENT + 1 + rounds))
                        .withLimits(ClientLimits.DEFAULT.withWindow(Caller.WINDOW));
        try (MelinClient<E, R> client = NettyClient.open(own, protocol)) {
            client.awaitReady(CONNECT_MAX);
            call(batches, index -> bySocket(client, index));
        }
    }

    private void call(int batches, LongFunction<Caller.Request> requests) {
        Caller caller = new Caller();
        for (int window : WINDOWS) {
            for (int i = 0; i < batches && hasRoom(); i++) {
                for (int j = 0; j < window; j++) {
                    caller.call(window, requests.apply(progress.nextIndex()));
                }
            }
        }
        caller.await();
    }

    /** A node that has failed has it: its caller learns why. */
    private boolean hasRoom() {
        NodeStatus.Run run = node.status().run();
        if (run != null) {
            progress.wrote(run.journal().bytesWritten() - bytesBefore);
            bytesBefore = run.journal().bytesWritten();
        }
        return progress.hasRoom();
    }

    private Caller.Request byOperations(long index) {
        E event = events.event(index);
        EventId id = index % 2 == 0 ? EventId.none() : EventId.of(CLIENT, index);
        return () -> node.operations().submit(event, id);
    }

    private Caller.Request bySocket(MelinClient<E, R> client, long index) {
        E event = events.event(index);
        progress.nextBySocket();
        return () -> client.submit(event);
    }
}
