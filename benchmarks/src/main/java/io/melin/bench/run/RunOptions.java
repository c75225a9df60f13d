package io.melin.bench.run;

import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How long, how often and where: options of every command. */
final class RunOptions {
    @Option(names = "--rounds", description = "default ${DEFAULT-VALUE}")
    int rounds = 5;

    @Option(names = "--warm-up", description = "seconds, default ${DEFAULT-VALUE}")
    int warmUpSeconds = 3;

    @Option(names = "--seconds", description = "that are measured, default ${DEFAULT-VALUE}")
    int seconds = 5;

    @Option(names = "--work", description = "directory on the disk to measure; it is emptied")
    private Path work = Path.of("target", "bench-work");

    @Option(names = "--out", description = "directory for the report and its figures")
    private Path out = Path.of("target", "bench");

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

    Round round() throws IOException {
        Files.createDirectories(out);
        return new Round(work, out, times());
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
        Files.createDirectories(out);
        return out.resolve(fileName(name) + ".log");
    }

    Path figures(String name) {
        return out.resolve(name + ".hlog");
    }

    Plots plots(String name) {
        return new Plots(out, fileName(name));
    }

    static String fileName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    void print(String name, String report) throws IOException {
        Files.createDirectories(out);
        String all = Machine.describe(work) + "\n" + report;
        Files.writeString(out.resolve(fileName(name) + ".md"), all);
        System.out.println(all);
    }
}
