package io.melin.bench.run;

import io.melin.bench.part.Forked;
import io.melin.bench.part.Samples;
import io.melin.bench.recovery.CounterHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the length of its journal costs a node: before it serves, and afterwards. */
@CommandLine.Command(
        name = "restart",
        description = "From process start to ready, and the load after it, by length of journal.")
final class RestartCommand implements Callable<Integer> {
    private static final List<String> LOAD = List.of("--window", "256");
    private static final String HEAD =
            """
            | journal | rounds | ready ms |
            |---|---:|---:|
            """;

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--events",
            split = ",",
            description = "in the journal, one length after the other, default ${DEFAULT-VALUE}")
    private List<Integer> lengths = List.of(0, 1_000_000, 10_000_000);

    private final WireSubject melin = WireSubject.counter("compact", "--layout", "compact");
    private final Map<String, List<Double>> readyMs = new LinkedHashMap<>();
    private final Report figures = new Report();

    /**
     * What a node finds.
     *
     * @param isSaved whether a snapshot holds all events, so that none is replayed
     */
    record Past(int events, boolean isSaved) {
        String name() {
            return "journal of %,d events".formatted(events) + (isSaved ? ", snapshot" : "");
        }
    }

    /** Each length without and with a snapshot, of which an empty journal has none. */
    static List<Past> pasts(List<Integer> lengths) {
        return lengths.stream()
                .flatMap(events -> Stream.of(new Past(events, false), new Past(events, true)))
                .filter(past -> past.events() > 0 || !past.isSaved())
                .toList();
    }

    /** All that is not the first against the first. */
    static List<Pair> pairs(List<Past> pasts) {
        return pasts.stream()
                .skip(1)
                .flatMap(past ->
                        Stream.of(Figure.values())
                                .map(figure -> new Pair(past.name(), pasts.get(0).name(), figure)))
                .toList();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Past> pasts = pasts(lengths);
        Ratios ratios = new Ratios(pairs(pasts));
        melin.start(run.emptyWork()).close(); // the first start reads the classes from the disk
        for (int i = 1; i <= run.rounds; i++) {
            for (Past past : pasts) {
                Samples samples = one(past, i);
                figures.add(samples);
                ratios.add(samples);
            }
        }
        run.print("restart", String.join("\n", table(), figures.table(), ratios.table()));
        return 0;
    }

    private Samples one(Past past, int round) throws IOException, InterruptedException {
        Path directory = run.emptyWork();
        Path file = run.figures("restart-" + Output.fileName(past.name()) + "-" + round);
        write(past, directory.resolve("data"));
        long startedNs = System.nanoTime();
        try (Served.Running server = melin.start(directory)) {
            double tookMs = (System.nanoTime() - startedNs) / 1e6;
            readyMs.computeIfAbsent(past.name(), name -> new ArrayList<>()).add(tookMs);
            load(server.address(), file);
            Samples samples = Samples.read(file).get(0).named(past.name());
            System.err.printf(
                    "round %d: %s: ready after %,.0f ms, %,.0f/s%n",
                    round, past.name(), tookMs, samples.perSecond());
            return samples;
        } finally {
            run.emptyWork();
        }
    }

    private static void write(Past past, Path directory) throws IOException, InterruptedException {
        if (past.events() == 0) {
            return;
        }
        List<String> arguments =
                List.of(directory.toString(), "" + past.events(), "" + past.isSaved());
        try (Forked history = Forked.start(CounterHistory.class, arguments)) {
            history.join(Round.CASE_MAX);
        }
    }

    private void load(String address, Path file) throws IOException, InterruptedException {
        List<String> load = Stream.concat(LOAD.stream(), run.times().stream()).toList();
        try (Forked client = melin.load(address, load, file)) {
            client.join(Round.CASE_MAX);
        }
    }

    private String table() {
        StringBuilder out = new StringBuilder(HEAD);
        readyMs.forEach((name, all) ->
                out.append(
                        "| %s | %d | %s |%n"
                                .formatted(
                                        name,
                                        all.size(),
                                        Report.spread(all, Double::doubleValue, "%,.0f"))));
        return out.toString();
    }
}
