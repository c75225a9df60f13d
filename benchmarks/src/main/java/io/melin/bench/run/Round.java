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
import org.jspecify.annotations.Nullable;

/** Runs one case after the other, each with processes and files of its own unless it is kept. */
final class Round implements AutoCloseable {
    static final Duration CASE_MAX = Duration.ofMinutes(5);

    private final Path work;
    private final Path figures;
    private final Path fresh;
    private final List<String> times;
    private final @Nullable KeptServers kept;

    /**
     * @param work for the files of servers, on the disk that is measured
     * @param figures for the histogram logs
     * @param times options of every client
     * @param keeps whether servers that can wait are kept from case to case, until this is closed
     */
    Round(Path work, Path figures, List<String> times, boolean keeps) {
        this.work = work;
        this.fresh = work.resolve("fresh");
        this.figures = figures;
        this.times = times;
        this.kept = keeps ? new KeptServers(work.resolve("kept")) : null;
    }

    List<Samples> limits(int round) throws IOException, InterruptedException {
        Path file = figures.resolve("limits-" + round + ".hlog");
        empty(fresh);
        try (Forked limits =
                Forked.start(Limits.class, List.of(fresh.toString(), file.toString()))) {
            limits.join(CASE_MAX);
        } finally {
            empty(fresh);
        }
        return Samples.read(file);
    }

    Samples run(Case one, int round) throws IOException, InterruptedException {
        Path file = figures.resolve(Output.fileName(one.name()) + "-" + round + ".hlog");
        if (kept != null && one.subject() instanceof Served served && served.canWait()) {
            kept.run(one, served, times, file);
        } else {
            runFresh(one, file);
        }
        Samples samples = Samples.read(file).get(0);
        System.err.printf(
                "round %d: %s: %,.0f/s, p50 %.1f us%n",
                round, one.name(), samples.perSecond(), samples.percentileUs(50));
        return samples.named(one.name());
    }

    private void runFresh(Case one, Path file) throws IOException, InterruptedException {
        empty(fresh);
        try {
            one.subject().run(fresh, one.load(times), file);
        } finally {
            empty(fresh);
        }
    }

    /** Ends the servers that are kept, and deletes their files. */
    @Override
    public void close() throws IOException {
        if (kept != null) {
            kept.close();
        }
        empty(work);
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
