package io.melin.bench.run;

import io.melin.bench.part.Forked;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the first callers of a started node wait for, cold and after a rehearsal. */
@CommandLine.Command(
        name = "first-seconds",
        description = "The first requests after ready, and what the compiler takes back then.")
final class FirstSecondsCommand implements Callable<Integer> {
    private static final List<String> GENTLE =
            List.of("--window", "64", "--rate", "2000", "--warm-up", "0", "--seconds", "3");
    private static final List<String> FULL =
            List.of("--window", "256", "--warm-up", "0", "--seconds", "12");
    private static final Duration END_MAX = Duration.ofSeconds(30);

    /** The compiler keeps the branches that it has not seen taken, and guesses no types. */
    static final List<String> GUESSES_NOTHING =
            List.of(
                    "-XX:PerMethodTrapLimit=0",
                    "-XX:PerBytecodeTrapLimit=0",
                    "-XX:-UseTypeSpeculation");

    private static final String HEAD =
            """
            | start | rounds | ready s | p99 ms, 3 s at 2,000/s | p99.9 ms | a second, then 12 s \
            of window 256 | deoptimizations in both |
            |---|---:|---:|---:|---:|---:|---:|
            """;

    @Mixin private RunOptions run = new RunOptions();

    @Option(names = "--rehearse-seconds", description = "at most, default ${DEFAULT-VALUE}")
    private int rehearseSeconds = 15;

    private final Map<String, List<Start>> starts = new LinkedHashMap<>();

    /**
     * How a node starts.
     *
     * @param options of its JVM
     */
    private record Way(String name, int rehearseSeconds, List<String> options) {}

    /**
     * What one start showed.
     *
     * @param gentle the first three seconds
     * @param full the time after them
     */
    private record Start(double readySeconds, Samples gentle, Samples full, long deoptimizations) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Way> ways =
                List.of(
                        new Way("cold", 0, List.of()),
                        new Way("rehearsed", rehearseSeconds, List.of()),
                        new Way("cold, guesses nothing", 0, GUESSES_NOTHING),
                        new Way("rehearsed, guesses nothing", rehearseSeconds, GUESSES_NOTHING));
        for (int i = 1; i <= run.rounds; i++) {
            for (Way way : ways) {
                Start start = start(way, i);
                starts.computeIfAbsent(way.name(), name -> new ArrayList<>()).add(start);
            }
        }
        run.print("first-seconds", table());
        return 0;
    }

    private Start start(Way way, int round) throws IOException, InterruptedException {
        String name = "first-seconds-" + Output.fileName(way.name()) + "-" + round;
        Path recording = run.log(name).resolveSibling(name + ".jfr");
        WireSubject melin = subject(way, recording);
        long startedNs = System.nanoTime();
        try (Served.Running server = melin.start(run.emptyWork())) {
            double readySeconds = (System.nanoTime() - startedNs) / 1e9;
            Instant ready = Instant.now();
            Samples gentle = load(melin, server.address(), GENTLE, run.figures(name));
            Samples full = load(melin, server.address(), FULL, run.figures(name + "-full"));
            server.process().end(END_MAX);
            long taken = Deoptimizations.count(recording, ready);
            System.err.printf("round %d: %s: %d deoptimizations%n", round, way.name(), taken);
            return new Start(readySeconds, gentle, full, taken);
        } finally {
            run.emptyWork();
        }
    }

    private static WireSubject subject(Way way, Path recording) {
        String[] options =
                Stream.concat(way.options().stream(), Stream.of(Deoptimizations.option(recording)))
                        .toArray(String[]::new);
        return WireSubject.counter(
                        way.name(),
                        "--layout",
                        "compact",
                        "--rehearse-seconds",
                        "" + way.rehearseSeconds())
                .on(options);
    }

    private static Samples load(WireSubject melin, String address, List<String> load, Path file)
            throws IOException, InterruptedException {
        try (Forked client = melin.load(address, load, file)) {
            client.join(Round.CASE_MAX);
        }
        return Samples.read(file).get(0);
    }

    private String table() {
        StringBuilder out = new StringBuilder(HEAD);
        starts.forEach((name, all) ->
                out.append(
                        String.format(
                                "| %s | %d | %s | %s | %s | %s | %s |%n",
                                name,
                                all.size(),
                                Report.spread(all, Start::readySeconds, "%.1f"),
                                Report.spread(all, start -> gentleMs(start, 99), "%.1f"),
                                Report.spread(all, start -> gentleMs(start, 99.9), "%.1f"),
                                Report.spread(all, start -> start.full().perSecond(), "%,.0f"),
                                Report.spread(all, Start::deoptimizations, "%.0f"))));
        return out.toString();
    }

    private static double gentleMs(Start start, double percentile) {
        return start.gentle().percentileUs(percentile) / 1_000;
    }
}
