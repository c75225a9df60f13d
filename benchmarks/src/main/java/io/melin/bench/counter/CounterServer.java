package io.melin.bench.counter;

import io.melin.bench.node.NodeServer;
import io.melin.gateway.DefaultProtocol;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A node with {@link Counter} behind its gateway, until it is killed. */
@CommandLine.Command(name = "counter")
public final class CounterServer implements Callable<Integer> {
    private static final int EVENT_BYTES = 100;

    @Mixin private NodeServer server = new NodeServer();

    @Option(names = "--snapshot-ms", description = "interval of snapshots, 0 for none")
    private long snapshotMs;

    @Option(names = "--save-seconds")
    private int saveSeconds;

    @Option(names = "--save-busy")
    private boolean isSaveBusy;

    @Option(names = "--rehearse-seconds", description = "at most, 0 for a cold start")
    private int rehearseSeconds;

    public static void main(String[] arguments) {
        NodeServer.main(new CounterServer(), arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        SlowSave save = new SlowSave(saveSeconds, isSaveBusy);
        if (rehearseSeconds > 0) {
            rehearse();
        }
        server.serve(Counter.program(save), new DefaultProtocol(), snapshots());
        return 0;
    }

    private void rehearse() {
        Number event = new Number(EVENT_BYTES);
        event.value = 1;
        Duration timeMax = Duration.ofSeconds(rehearseSeconds);
        server.rehearse(Counter.program(SlowSave.NONE), index -> event, timeMax);
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
