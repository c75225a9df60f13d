package io.melin.bench.run;

import io.melin.bench.limits.Limits;
import io.melin.bench.part.Forked;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs one case after the other, each with processes and files of its own. */
final class Round {
    static final Duration CASE_MAX = Duration.ofMinutes(5);

    private final Path work;
    private final Path figures;
    private final List<String> times;

    /**
     * @param work for the files of servers, on the disk that is measured
     * @param figures for the histogram logs
     * @param times options of every client
     */
    Round(Path work, Path figures, List<String> times) {
        this.work = work;
        this.figures = figures;
        this.times = times;
    }

    List<Samples> limits(int round) throws IOException, InterruptedException {
        Path file = figures.resolve("limits-" + round + ".hlog");
        Files.createDirectories(work);
        try (Forked limits =
                Forked.start(Limits.class, List.of(work.toString(), file.toString()))) {
            limits.join(CASE_MAX);
        }
        return Samples.read(file);
    }

    Samples run(Case one, int round) throws IOException, InterruptedException {
        Path file = figures.resolve(Output.fileName(one.name()) + "-" + round + ".hlog");
        empty(work);
        List<String> load = Stream.concat(one.load().stream(), times.stream()).toList();
        try {
            one.subject().run(work, load, file);
            Samples samples = Samples.read(file).get(0);
            System.err.printf(
                    "round %d: %s: %,.0f/s, p50 %.1f us%n",
                    round, one.name(), samples.perSecond(), samples.percentileUs(50));
            return samples.named(one.name());
        } finally {
            empty(work);
        }
    }

    /** Makes a directory, or deletes all that is in it. */
    static void empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        }
    }
}
