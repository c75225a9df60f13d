package io.melin.bench.counter;

import io.melin.bench.part.Forked;
import io.melin.bench.part.LoadOptions;
import io.melin.bench.part.Recording;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.pipeline.Pipeline;
import io.melin.pipeline.PipelinePorts;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * A pipeline on a journal, without the node around it, whose load comes in by a door of its own:
 * the shortest way that an embedder can take, all on the one thread of the compact layout.
 */
@CommandLine.Command(name = "counter-door")
public final class CounterDoor implements Callable<Integer> {
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    @Parameters(index = "0")
    private Path directory = Path.of("");

    @Mixin private LoadOptions load = new LoadOptions();

    public static void main(String[] arguments) {
        Forked.endWithParent();
        Logger.getLogger("io.melin").setLevel(Level.WARNING);
        System.exit(new CommandLine(new CounterDoor()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        JournaledApplication.Program<Number, Number> program =
                new JournaledApplication.Program<>(
                        new Counter(SlowSave.NONE), new NumberCodec(), new NumberCodec());
        PipelinePorts ports = PipelinePorts.system();
        JournalPorts journalPorts =
                new JournalPorts(
                        FileSystemStorage.INSTANCE,
                        SystemTime.INSTANCE,
                        ports.failStop()::isTripped);
        Recording recording;
        try (JournaledApplication<Number, Number> journaled =
                JournaledApplication.create(
                        program, JournalConfig.of(directory, 1, 1), journalPorts)) {
            recording = new Recording(load);
            LoadDoor door = new LoadDoor(recording, load.window(), load.eventBytes());
            ports.failStop().addListener(failure -> door.close(failure.cause()));
            Pipeline pipeline =
                    Pipeline.builder(journaled.applier(), journaled.journal())
                            .door(door)
                            .stages(new StageConfig(Layout.COMPACT, Map.of()))
                            .ports(ports)
                            .build();
            run(pipeline, ports, door);
        }
        load.write("melin in process, own door", recording.latencies());
        return 0;
    }

    private static void run(Pipeline pipeline, PipelinePorts ports, LoadDoor door) {
        ports.admission().open();
        pipeline.start();
        boolean isStopped;
        try {
            door.awaitEnd();
        } finally {
            isStopped = pipeline.stop(STOP_MAX) && pipeline.stopBackground(STOP_MAX);
        }
        if (!isStopped) {
            throw new IllegalStateException("a stage did not end");
        }
    }
}
