package io.melin.bench.run;

import io.melin.bench.limits.Limits;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Latency at a fixed rate: in each round the limits, then saturation, then half of that. */
@CommandLine.Command(
        name = "open",
        description = "Open loop at half of the saturation that the same round measured.")
final class OpenCommand implements Callable<Integer> {
    private static final List<String> CLOSED = List.of("--window", "256");
    private static final String OPEN_WINDOW = "8192";
    private static final String HEAD =
            """
            | round | a second of | due | p99 us | bar us | | the floor's | the echo's \
            | p99.99 us | of a bare sync |
            |---:|---:|---:|---:|---:|---|---:|---:|---:|---:|
            """;

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--spin",
            description = "the client never waits; only for machines with cores to spare")
    private boolean spins;

    private final WireSubject melin = WireSubject.counter("compact", "--layout", "compact");
    private final Report limits = new Report();
    private final Report figures = new Report();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Round round = run.round();
        StringBuilder bars = new StringBuilder(HEAD);
        for (int i = 1; i <= run.rounds; i++) {
            bars.append(row(round, i));
        }
        run.print(
                "open",
                limits.table()
                        + "\n"
                        + figures.table()
                        + "\nBar: p99 of a TCP round trip + 2 x that of a sync of 4 KiB.\n\n"
                        + bars
                        + "\n"
                        + plot());
        return 0;
    }

    private String plot() throws IOException {
        Map<String, Histogram> lines = new LinkedHashMap<>();
        limits.names().stream()
                .filter(Set.of(Limits.SYNC, Limits.ROUND_TRIP)::contains)
                .forEach(name -> lines.put(name, limits.merged(name)));
        figures.names().forEach(name -> lines.put(name, figures.merged(name)));
        return run.plots("open").latencies("at a fixed rate", lines);
    }

    private String row(Round round, int i) throws IOException, InterruptedException {
        List<Samples> machine = round.limits(i);
        machine.forEach(limits::add);
        Samples saturated = round.run(new Case(melin, "saturated", CLOSED), i);
        long half = (long) (saturated.perSecond() / 2);
        List<String> load = new ArrayList<>(List.of("--window", OPEN_WINDOW, "--rate", "" + half));
        if (spins) {
            load.add("--spin");
        }
        Samples open = round.run(new Case(melin, "half of it", load), i);
        figures.add(saturated);
        figures.add(open);
        Samples floor = round.run(new Case(WireSubject.floor("select"), "the same rate", load), i);
        figures.add(floor);
        Samples echo = round.run(new Case(WireSubject.echo(), "the same rate", load), i);
        figures.add(echo);
        Samples sync = named(machine, Limits.SYNC);
        double barUs =
                named(machine, Limits.ROUND_TRIP).percentileUs(99) + 2 * sync.percentileUs(99);
        double p99Us = open.percentileUs(99);
        return "| %d | %,.0f | %,d | %,.0f | %,.0f | %s | %,.0f | %,.0f | %,.0f | %,.0f |%n"
                .formatted(
                        i,
                        open.perSecond(),
                        half,
                        p99Us,
                        barUs,
                        p99Us <= barUs ? "holds" : "missed",
                        floor.percentileUs(99),
                        echo.percentileUs(99),
                        open.percentileUs(99.99),
                        sync.percentileUs(99.99));
    }

    private static Samples named(List<Samples> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
