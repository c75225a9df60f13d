package io.melin.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long, how often and where: options of every command that measures servers or disks. */
final class RunOptions {
    @Option(names = "--rounds", description = "default ${DEFAULT-VALUE}")
    int rounds = 5;

    @Option(names = "--warm-up", description = "seconds, default ${DEFAULT-VALUE}")
    private int warmUpSeconds = 3;

    @Option(names = "--seconds", description = "that are measured, default ${DEFAULT-VALUE}")
    private int seconds = 5;

    @Option(names = "--work", description = "directory on the disk to measure; it is emptied")
    private Path work = Path.of("target", "bench-work");

    @Mixin private Output output = new Output();

    Round round() throws IOException {
        return new Round(work, output.directory(), times());
    }

    /** For {@link io.melin.bench.part.LoadOptions}. */
    List<String> times() {
        return List.of("--warm-up", "" + warmUpSeconds, "--seconds", "" + seconds);
    }

    Path emptyWork() throws IOException {
        Round.empty(work);
        return work;
    }

    Path figures(String name) throws IOException {
        return output.directory().resolve(name + ".hlog");
    }

    void print(String name, String report) throws IOException {
        output.print(name, report);
    }
}
