package io.melin.warmup;

import io.melin.app.WarmUp;
import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.GatewayConfig;
import io.melin.journal.JournalConfig;
import io.melin.journaled.JournaledApplication;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.pipeline.PipelineConfig;
import io.melin.shadow.SnapshotConfig;
import io.melin.stage.Layout;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets the compiler see a node's work before it serves: the events of a {@link WarmUp} go through
 * twins of it, one after the other, with the same stages and codecs, by their operations, and by a
 * socket of loopback where the real one will have a gateway. They speak in the clear there
 * and take anybody; a protocol other than the default one is not rehearsed.
 *
 * <p>R1: nothing of it is seen by the node that will serve: no state, entry, file, meter, id or
 * address. R2: it ends when the compiler rests, when its time is up or when it knows of 256 MiB of
 * journal, whichever comes first. R3: when it has ended, also by an exception, its threads have too
 * and its directories are gone.
 *
 * <p>Threading: one.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class Rehearsal<E, R> {
    private static final int LIVES = 7;
    private static final int FIRST_BATCHES = 2;
    private static final int RING_SLOTS = 1 << 12;
    private static final int RING_BYTES = 1 << 18;
    private static final long SEGMENT_BYTES = 32L << 20;
    private static final long PREZEROED_BYTES = 4L << 20;

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
        Progress progress = new Progress(limits);
        if (progress.isKnown()) {
            progress.begin(ports.time().tickerNs());
            for (int life = 0; life < LIVES && !isOver(progress); life++) {
                live(life, events, progress);
            }
            // Hundreds of MiB of twins: a node that makes no garbage would keep them for hours.
            System.gc();
        }
        return progress.result();
    }

    /**
     * The first lives are short: what happens once in a life, or in a round, has to have happened
     * several times before the compiler decides that it never does.
     */
    private void live(int life, WarmUp<E> events, Progress progress) throws IOException {
        try (Scratch scratch = Scratch.create();
                MelinNode<E, R> node =
                        MelinNode.create(program, scratch(scratch.journal()), ports)) {
            node.start();
            Twin<E, R> twin = new Twin<>(node, program, events, progress);
            do {
                twin.round(FIRST_BATCHES << life);
            } while (life == LIVES - 1 && !isOver(progress));
        }
    }

    private boolean isOver(Progress progress) {
        return progress.isOver(ports.time().tickerNs());
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
                .withPipeline(rings())
                .withSnapshots(SnapshotConfig.OFF)
                .withCallsMax(Math.max(config.callsMax(), Caller.WINDOW))
                .withGateway(scratch(config.gateway()));
    }

    /** Small: they come round as often in a rehearsal as those of the node in a day. */
    private PipelineConfig rings() {
        PipelineConfig real = config.pipeline();
        int twoOfTheLargest = Integer.highestOneBit(config.journal().payloadBytesMax()) << 2;
        int bytes = Math.max(RING_BYTES, twoOfTheLargest);
        return new PipelineConfig(
                Math.min(RING_SLOTS, real.inputSlots()),
                Math.min(bytes, real.inputBytes()),
                Math.min(RING_SLOTS, real.outputSlots()),
                Math.min(bytes, real.outputBytes()));
    }

    private static @Nullable GatewaySetup scratch(@Nullable GatewaySetup real) {
        if (real == null || !(real.protocol() instanceof DefaultProtocol)) {
            return null;
        }
        InetSocketAddress any = new InetSocketAddress(Twin.LOOPBACK, 0);
        GatewayConfig own = GatewayConfig.of(any).withTransport(real.config().transport());
        return new GatewaySetup(own, real.protocol(), null, null);
    }
}
