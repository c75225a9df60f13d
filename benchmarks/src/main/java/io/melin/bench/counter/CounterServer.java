package io.melin.bench.counter;

import io.melin.bench.part.Forked;
import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.GatewayConfig;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.pipeline.PipelineConfig;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import io.melin.stage.LayoutException;
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

/** A node with {@link Counter} behind its gateway, until it is killed. */
@CommandLine.Command(name = "counter")
public final class CounterServer implements Callable<Integer> {
    @Parameters(index = "0")
    private Path directory = Path.of("");

    @Mixin private StageOptions stages = new StageOptions();

    @Option(names = "--slots", description = "of each ring, 256 bytes of payload for each")
    private int slots = PipelineConfig.DEFAULT.inputSlots();

    @Option(names = "--snapshot-ms", description = "interval of snapshots, 0 for none")
    private long snapshotMs;

    @Option(names = "--save-seconds")
    private int saveSeconds;

    @Option(names = "--save-busy")
    private boolean isSaveBusy;

    public static void main(String[] arguments) {
        Forked.endWithParent();
        Logger.getLogger("io.melin").setLevel(Level.WARNING);
        CommandLine line = new CommandLine(new CounterServer());
        System.exit(line.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Counter counter = new Counter(new SlowSave(saveSeconds, isSaveBusy));
        try {
            serve(counter);
        } catch (LayoutException e) {
            System.out.println(Forked.REFUSED + " " + e.getMessage());
        }
        return 0;
    }

    private void serve(Counter counter) throws Exception {
        try (MelinNode<Number, Number> node =
                MelinNode.create(counter, new NumberCodec(), new NumberCodec(), config())) {
            node.start();
            NodeStatus.Run run = Objects.requireNonNull(node.status().run());
            int port = Objects.requireNonNull(run.gateway()).address().getPort();
            System.out.println("READY " + port);
            new CountDownLatch(1).await();
        }
    }

    private MelinConfig config() {
        GatewayConfig gateway = GatewayConfig.of(new InetSocketAddress("127.0.0.1", 0));
        return MelinConfig.of(directory)
                .withStages(stages.config())
                .withPipeline(new PipelineConfig(slots, slots << 8, slots, slots << 8))
                .withSnapshots(snapshots())
                .withGateway(new GatewaySetup(gateway, new DefaultProtocol(), null, null));
    }

    private SnapshotConfig snapshots() {
        SnapshotConfig defaults = SnapshotConfig.DEFAULT;
        return snapshotMs == 0
                ? SnapshotConfig.OFF
                : new SnapshotConfig(
                        ShadowMode.ON,
                        Duration.ofMillis(snapshotMs),
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        defaults.keep());
    }
}
