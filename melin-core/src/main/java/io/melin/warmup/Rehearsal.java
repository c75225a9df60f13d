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
import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.GatewayConfig;
import io.melin.journal.JournalConfig;
import io.melin.journaled.JournaledApplication;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.node.NodeStatus;
import io.melin.shadow.SnapshotConfig;
import io.melin.stage.Layout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets the compiler see a node's work before it serves: the events of a {@link WarmUp} go through a
 * node of their own, with the same stages, sizes and codecs, by its operations, and by a socket of
 * loopback where the real one will have a gateway. It speaks in the clear there and takes anybody;
 * a protocol other than the default one is not rehearsed.
 *
 * <p>R1: nothing of it is seen by the node that will serve: no state, entry, file, meter, id or
 * address. R2: it ends when the compiler rests, when its time is up or when its journal is large,
 * whichever comes first. R3: when it has ended, also by an exception, its threads have too and its
 * directory is gone.
 *
 * <p>Threading: one.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class Rehearsal<E, R> {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long CLIENT = 1;
    private static final int ROUND_BATCHES = 128;
    private static final int[] WINDOWS = {1, 8, Caller.WINDOW};
    private static final long JOURNAL_BYTES_MAX = 256L << 20;
    private static final long SEGMENT_BYTES = 32L << 20;
    private static final long PREZEROED_BYTES = 4L << 20;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final JournaledApplication.Program<E, R> program;
    private final MelinConfig config;
    private final NodePorts ports;
    private final Limits limits;

    /**
     * @param timeMax after which it begins no other round; each is hundreds of syncs
     * @param rest the compiler is done once it has had nothing to do for so long
     */
    public record Limits(Duration timeMax, Duration rest) {
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(15), Duration.ofSeconds(2));
    }

    /**
     * @param events that were answered
     * @param bySocket how many of them came by the gateway
     * @param tookNs from the first to the last, nanoseconds
     * @param rests whether the compiler had nothing left to do
     */
    public record Result(long events, long bySocket, long tookNs, boolean rests) {}

    /**
     * @param config of the node that will serve
     * @throws IllegalArgumentException for a layout without threads, whose events nobody would take
     */
    public Rehearsal(
            JournaledApplication.Program<E, R> program,
            MelinConfig config,
            NodePorts ports,
            Limits limits) {
        if (config.stages().layout() == Layout.MANUAL) {
            throw new IllegalArgumentException("a rehearsal needs threads: layout=MANUAL");
        }
        this.program = program;
        this.config = config;
        this.ports = ports;
        this.limits = limits;
    }

    /**
     * Returns when it is over. Does nothing in a JVM without a compiler.
     *
     * @throws IllegalStateException if an event fails otherwise than by a rejection
     * @throws IOException if there can be no temporary directory
     */
    public Result run(WarmUp<E> events) throws IOException {
        Progress progress = new Progress();
        if (!progress.compiler.isKnown()) {
            return progress.result();
        }
        try (Scratch scratch = Scratch.create();
                MelinNode<E, R> node =
                        MelinNode.create(program, scratch(scratch.journal()), ports)) {
            node.start();
            through(node, events, progress);
        }
        return progress.result();
    }

    private MelinConfig scratch(Path directory) {
        JournalConfig journal =
                config.journal()
                        .withDirectory(directory)
                        .withSegmentBytes(SEGMENT_BYTES)
                        .withPrezeroedBytes(PREZEROED_BYTES)
                        .withFreeBytesMin(0)
                        .withSkip(null);
        return config.withJournal(journal)
                .withSnapshots(SnapshotConfig.OFF)
                .withCallsMax(Math.max(config.callsMax(), Caller.WINDOW))
                .withGateway(scratch(config.gateway()));
    }

    private static @Nullable GatewaySetup scratch(@Nullable GatewaySetup real) {
        if (real == null || !(real.protocol() instanceof DefaultProtocol)) {
            return null;
        }
        InetSocketAddress any = new InetSocketAddress(LOOPBACK, 0);
        GatewayConfig own = GatewayConfig.of(any).withTransport(real.config().transport());
        return new GatewaySetup(own, real.protocol(), null, null);
    }

    /** In turn by each door, so that the compiler sees both before it decides. */
    private void through(MelinNode<E, R> node, WarmUp<E> events, Progress progress) {
        NodeStatus.GatewayStatus gateway = status(node).gateway();
        if (gateway == null) {
            progress.startedNs = ports.time().tickerNs();
            while (!isOver(node, progress)) {
                callNode(node, events, progress);
            }
            return;
        }
        ServerAddress address =
                new ServerAddress(LOOPBACK.getHostAddress(), gateway.address().getPort());
        ClientConfig own =
                ClientConfig.of(address)
                        .withIdentity(ClientIdentity.of(CLIENT))
                        .withLimits(ClientLimits.DEFAULT.withWindow(Caller.WINDOW));
        CodecProtocol<E, R> protocol = new CodecProtocol<>(program.events(), program.reports());
        try (MelinClient<E, R> client = NettyClient.open(own, protocol)) {
            client.awaitReady(CONNECT_MAX);
            progress.startedNs = ports.time().tickerNs();
            while (!isOver(node, progress)) {
                callNode(node, events, progress);
                callClient(client, events, progress);
            }
        }
    }

    private void callNode(MelinNode<E, R> node, WarmUp<E> events, Progress progress) {
        Caller caller = new Caller();
        for (int window : WINDOWS) {
            for (int i = 0; i < ROUND_BATCHES * window; i++) {
                long index = progress.events++;
                E event = events.event(index);
                EventId id = index % 2 == 0 ? EventId.none() : EventId.of(CLIENT + 1, index);
                caller.call(window, () -> node.operations().submit(event, id));
            }
        }
        caller.await();
    }

    private void callClient(MelinClient<E, R> client, WarmUp<E> events, Progress progress) {
        Caller caller = new Caller();
        for (int window : WINDOWS) {
            for (int i = 0; i < ROUND_BATCHES * window; i++) {
                E event = events.event(progress.events++);
                progress.bySocket++;
                caller.call(window, () -> client.submit(event));
            }
        }
        caller.await();
    }

    private boolean isOver(MelinNode<E, R> node, Progress progress) {
        long nowNs = ports.time().tickerNs();
        progress.tookNs = nowNs - progress.startedNs;
        progress.rests = progress.compiler.restNs(nowNs) >= limits.rest().toNanos();
        return progress.rests
                || progress.tookNs >= limits.timeMax().toNanos()
                || status(node).journal().bytesWritten() >= JOURNAL_BYTES_MAX;
    }

    private static NodeStatus.Run status(MelinNode<?, ?> node) {
        return Objects.requireNonNull(node.status().run(), "the rehearsing node has failed");
    }

    /** How far it is. */
    private static final class Progress {
        private final CompilerRest compiler = new CompilerRest();
        private long startedNs;
        private long events;
        private long bySocket;
        private long tookNs;
        private boolean rests;

        private Result result() {
            return new Result(events, bySocket, tookNs, rests);
        }
    }
}
