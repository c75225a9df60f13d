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
import java.util.stream.Collectors;
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
    private static final String SAME = "the same rate";
    private static final String HEAD =
            """
            | round | a second of | due | bar us | p99 us | the floor's | the echo's \
            | the disk's alone | p99.99 us | of a bare sync | stolen %, the floor's |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;

    private static final String BAR =
            """

            Bar: p99 of a TCP round trip + 2 x that of a sync of 4 KiB, judged of the node, of the
            floor, of an echo without a disk, and of requests that wait for nothing but two syncs.

            """;

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--spin",
            description = "the client never waits; only for machines with cores to spare")
    private boolean spins;

    /** A node has more code than the others; until it is compiled the compiler is in its way. */
    private static final int WARM_UP_SECONDS = 20;

    private final WireSubject melin = WireSubject.counter("compact", "--layout", "compact");
    private final Report limits = new Report();
    private final Report figures = new Report();

    OpenCommand() {
        run.warmUpSeconds = WARM_UP_SECONDS;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StringBuilder bars = new StringBuilder(HEAD);
        try (Round round = run.round()) {
            for (int i = 1; i <= run.rounds; i++) {
                bars.append(row(round, i));
            }
        }
        run.print("open", limits.table() + "\n" + figures.table() + BAR + bars + "\n" + plot());
        return 0;
    }

    private String plot() throws IOException {
        Map<String, Histogram> lines = new LinkedHashMap<>();
        limits.names().stream()
                .filter(Set.of(Limits.SYNC, Limits.DISK_ALONE, Limits.ROUND_TRIP)::contains)
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
        Fixed open = fixed(round, new Case(melin, "half of it", load), i);
        Fixed floor = fixed(round, new Case(WireSubject.floor("select"), SAME, load), i);
        Fixed echo = fixed(round, new Case(WireSubject.echo(), SAME, load), i);
        figures.add(saturated);
        List.of(open, floor, echo).forEach(one -> figures.add(one.samples));
        Samples sync = named(machine, Limits.SYNC);
        double barUs =
                named(machine, Limits.ROUND_TRIP).percentileUs(99) + 2 * sync.percentileUs(99);
        List<Samples> all =
                List.of(
                        open.samples,
                        floor.samples,
                        echo.samples,
                        named(machine, Limits.DISK_ALONE));
        return "| %d | %,.0f | %,d | %,.0f | %s | %,.0f | %,.0f | %.1f, %.1f |%n"
                .formatted(
                        i,
                        open.samples.perSecond(),
                        half,
                        barUs,
                        all.stream()
                                .map(one -> judged(one.percentileUs(99), barUs))
                                .collect(Collectors.joining(" | ")),
                        open.samples.percentileUs(99.99),
                        sync.percentileUs(99.99),
                        open.stolenPercent,
                        floor.stolenPercent);
    }

    private static String judged(double p99Us, double barUs) {
        return "%,.0f %s".formatted(p99Us, p99Us <= barUs ? "holds" : "missed");
    }

    /** What was measured at a fixed rate, and what the host took of the cores meanwhile. */
    private record Fixed(Samples samples, double stolenPercent) {}

    private static Fixed fixed(Round round, Case one, int i)
            throws IOException, InterruptedException {
        HostTime before = HostTime.now();
        Samples samples = round.run(one, i);
        return new Fixed(samples, HostTime.now().stolenPercent(before));
    }

    private static Samples named(List<Samples> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
