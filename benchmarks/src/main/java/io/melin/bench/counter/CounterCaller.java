package io.melin.bench.counter;

import io.melin.app.MelinOperations;
import io.melin.app.MelinResult;
import io.melin.bench.node.StageOptions;
import io.melin.bench.part.Forked;
import io.melin.bench.part.FutureLoop;
import io.melin.bench.part.LoadOptions;
import io.melin.bench.part.Recording;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.shadow.SnapshotConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * A node without a gateway, and in the same process a thread that calls it by {@link
 * MelinOperations#submit}, the only way into a node from its own process, and without ids.
 */
@CommandLine.Command(name = "counter-caller")
public final class CounterCaller implements Callable<Integer> {
    @Parameters(index = "0")
    private Path directory = Path.of("");

    @Mixin private StageOptions stages = new StageOptions();

    @Mixin private LoadOptions load = new LoadOptions();

    public static void main(String[] arguments) {
        Forked.endWithParent();
        Logger.getLogger("io.melin").setLevel(Level.WARNING);
        CommandLine line = new CommandLine(new CounterCaller());
        System.exit(line.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        MelinConfig config =
                MelinConfig.of(directory)
                        .withStages(stages.config())
                        .withSnapshots(SnapshotConfig.OFF)
                        .withCallsMax(Math.max(load.window(), MelinConfig.CALLS_MAX));
        Counter counter = new Counter(SlowSave.NONE);
        Recording recording;
        try (MelinNode<Number, Number> node =
                MelinNode.create(counter, new NumberCodec(), new NumberCodec(), config)) {
            node.start();
            recording = record(node.operations());
        }
        load.write("melin in process", recording.latencies());
        return 0;
    }

    private Recording record(MelinOperations<Number, Number> operations) {
        Number event = new Number(load.eventBytes());
        event.value = 1;
        Recording recording = new Recording(load);
        new FutureLoop<>(() -> operations.submit(event), MelinResult::sequence)
                .run(load.window(), recording);
        return recording;
    }
}
