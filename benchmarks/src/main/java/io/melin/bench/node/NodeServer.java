package io.melin.bench.node;

import io.melin.app.WarmUp;
import io.melin.bench.part.Forked;
import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.GatewayConfig;
import io.melin.gateway.Protocol;
import io.melin.gateway.TransportKind;
import io.melin.journal.JournalConfig;
import io.melin.journaled.JournaledApplication;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.node.NodeStatus;
import io.melin.pipeline.PipelineConfig;
import io.melin.shadow.SnapshotConfig;
import io.melin.stage.LayoutException;
import io.melin.warmup.Rehearsal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A node behind its gateway, until its process is killed, with the options of such a process. */
public final class NodeServer {
    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    @Parameters(index = "0")
    private Path directory = Path.of("");

    @Mixin private StageOptions stages = new StageOptions();

    @Option(names = "--transport", description = "of the gateway")
    private TransportKind transport = TransportKind.AUTO;

    @Option(names = "--slots", description = "of each ring, 256 bytes of payload for each")
    private int slots = PipelineConfig.DEFAULT.inputSlots();

    @Option(
            names = "--prezeroed-mib",
            description = "all of them before the first request; the first segment, unless more")
    private long prezeroedMiB = JournalConfig.SEGMENT_BYTES >> 20;

    /** The main method of a server's process. */
    public static void main(Callable<Integer> command, String... arguments) {
        Forked.endWithParent();
        LOG.setLevel(Level.WARNING);
        CommandLine line = new CommandLine(command);
        System.exit(line.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    /** Says when it serves; returns only if this machine cannot have the layout. */
    public <E, R> void serve(
            JournaledApplication.Program<E, R> program, Protocol protocol, SnapshotConfig snapshots)
            throws InterruptedException {
        MelinConfig config = config(protocol).withSnapshots(snapshots);
        try (MelinNode<E, R> node =
                MelinNode.create(
                        program.prototype(), program.events(), program.reports(), config)) {
            node.start();
            NodeStatus.Run run = zeroed(node, config.journal());
            int port = Objects.requireNonNull(run.gateway()).address().getPort();
            System.out.println("READY " + port);
            new CountDownLatch(1).await();
        } catch (LayoutException e) {
            System.out.println(Forked.REFUSED + " " + e.getMessage());
        }
    }

    /** As the floor's file, the journal has its zeros before the first request. */
    private NodeStatus.Run zeroed(MelinNode<?, ?> node, JournalConfig journal)
            throws InterruptedException {
        long spares = journal.prezeroedBytes() / journal.segmentBytes() - 1;
        NodeStatus.Run run = Objects.requireNonNull(node.status().run());
        while (run.journal().segmentsReady() < spares) {
            Thread.sleep(10);
            run = Objects.requireNonNull(node.status().run());
        }
        return run;
    }

    /** Rehearses, and returns when the compiler rests or the time is up. */
    public <E, R> void rehearse(
            JournaledApplication.Program<E, R> program, WarmUp<E> events, Duration timeMax) {
        Rehearsal.Limits limits = new Rehearsal.Limits(timeMax, Rehearsal.Limits.DEFAULT.rest());
        MelinConfig config = config(new DefaultProtocol());
        try {
            System.out.println(
                    new Rehearsal<>(program, config, NodePorts.system(), limits).run(events));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MelinConfig config(Protocol protocol) {
        GatewayConfig gateway =
                GatewayConfig.of(new InetSocketAddress("127.0.0.1", 0)).withTransport(transport);
        MelinConfig config = MelinConfig.of(directory);
        return config.withJournal(config.journal().withPrezeroedBytes(prezeroedMiB << 20))
                .withStages(stages.config())
                .withPipeline(new PipelineConfig(slots, slots << 8, slots, slots << 8))
                .withGateway(new GatewaySetup(gateway, protocol, null, null));
    }
}
