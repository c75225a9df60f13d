package io.melin.bench.run;

import io.melin.bench.part.Forked;
import io.melin.stage.CpuLatencyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long, how often and where: options of every command that measures servers or disks. */
final class RunOptions {
    @Option(names = "--rounds", description = "default ${DEFAULT-VALUE}")
    int rounds = 5;

    @Option(names = "--warm-up", description = "seconds, default ${DEFAULT-VALUE}")
    int warmUpSeconds = 3;

    @Option(names = "--seconds", description = "that are measured, default ${DEFAULT-VALUE}")
    int seconds = 5;

    @Option(names = "--work", description = "directory on the disk to measure; it is emptied")
    private Path work = Path.of("target", "bench-work");

    @Mixin private Output output = new Output();

    /** Ends with this process. */
    private final CpuLatencyRequest cores = new CpuLatencyRequest(CpuLatencyRequest.DEVICE);

    @Option(
            names = "--java",
            paramLabel = "HOME",
            description = "whose JVM all servers and clients run on, default: of this process")
    void java(Path home) {
        if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
            throw new IllegalArgumentException("no JVM: " + home);
        }
        System.setProperty(Forked.HOME, home.toString());
    }

    @Option(names = "--keep-awake", description = "no core sleeps, whoever is measured")
    void keepAwake(boolean isWanted) {
        if (isWanted && cores.begin() != CpuLatencyRequest.State.GRANTED) {
            throw new IllegalStateException("cores sleep: see the log");
        }
    }

    /** Each case with processes of its own. */
    Round round() throws IOException {
        return new Round(work, output.directory(), times(), false);
    }

    /**
     * Servers that can wait are kept.
     *
     * @param times of each case
     */
    Round kept(List<String> times) throws IOException {
        return new Round(work, output.directory(), times, true);
    }

    Path directory() throws IOException {
        return output.directory();
    }

    /** Options of every client. */
    List<String> times() {
        return List.of("--warm-up", "" + warmUpSeconds, "--seconds", "" + seconds);
    }

    Path emptyWork() throws IOException {
        Round.empty(work);
        return work;
    }

    Path log(String name) throws IOException {
        return output.directory().resolve(Output.fileName(name) + ".log");
    }

    Path figures(String name) throws IOException {
        return output.directory().resolve(name + ".hlog");
    }

    Plots plots(String name) throws IOException {
        return new Plots(output.directory(), Output.fileName(name));
    }

    void print(String name, String report) throws IOException {
        boolean isAwake = cores.state() == CpuLatencyRequest.State.GRANTED;
        String sleep = isAwake ? "* no core sleeps\n" : "* cores sleep when idle\n";
        output.print(name, Machine.describe(work) + sleep + "\n" + report);
    }
}
