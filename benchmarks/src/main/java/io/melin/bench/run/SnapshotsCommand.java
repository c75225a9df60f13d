package io.melin.bench.run;

import io.melin.bench.part.Forked;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What snapshots cost at saturation and at half of it, and whether they come in time near it. */
@CommandLine.Command(
        name = "snapshots",
        description = "Snapshots near saturation, and long saves at half of it.")
final class SnapshotsCommand implements Callable<Integer> {
    private static final int WINDOW = 256;
    private static final int OPEN_WINDOW = 8_192;
    private static final long POLL_MS = 10;

    /** What befalls the machine often lasts for ten seconds: all three are asked within it. */
    private static final List<String> SLICE = List.of("--warm-up", "1", "--seconds", "3");

    private static final int SLICES = 4;

    @Mixin private RunOptions run = new RunOptions();

    @Option(names = "--interval-ms", description = "of snapshots, default ${DEFAULT-VALUE}")
    private int intervalMs = 2_000;

    @Option(names = "--save-seconds", description = "default ${DEFAULT-VALUE}")
    private int saveSeconds = 30;

    @Option(
            names = "--again-seconds",
            description =
                    "of saves that come one after the other, between which the shadow catches up,"
                            + " default ${DEFAULT-VALUE}")
    private int againSeconds = 5;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Report report = new Report();
        String ratios = onAgainstOff(report);
        WireSubject off = WireSubject.counter("no snapshots");
        try (Round round = run.round()) {
            Samples closed = round.run(saturated(off), 0);
            String gaps = gaps((long) (closed.perSecond() * 0.9));
            halved(round, off, (long) (closed.perSecond() / 2), report);
            run.print("snapshots", ratios + gaps + "\n" + report.table());
        }
        return 0;
    }

    private static Case saturated(WireSubject subject) {
        return new Case(subject, "saturated", List.of("--window", "" + WINDOW));
    }

    /**
     * What is left of the throughput with snapshots, between one without and another, in slices of
     * each round. All three are kept: two starts alone differ by more than snapshots cost.
     */
    private String onAgainstOff(Report report) throws IOException, InterruptedException {
        WireSubject off = WireSubject.counter("no snapshots, kept");
        WireSubject on = WireSubject.counter("snapshots, kept", "--snapshot-ms", "" + intervalMs);
        WireSubject again = WireSubject.counter("no snapshots, kept too");
        List<Double> ons = new ArrayList<>();
        List<Double> agains = new ArrayList<>();
        try (Round round = run.kept(SLICE)) {
            for (int i = 1; i <= SLICES * run.rounds; i++) {
                double before = saturated(round, off, i, report).perSecond();
                double with = saturated(round, on, i, report).perSecond();
                double after = saturated(round, again, i, report).perSecond();
                ons.add(2 * with / (before + after));
                agains.add(after / before);
            }
        }
        return ("With snapshots, of the throughput without just before and after: %s;"
                        + " after of before: %s%n%n")
                .formatted(
                        Report.spread(ons, Double::doubleValue, "%.2f"),
                        Report.spread(agains, Double::doubleValue, "%.2f"));
    }

    private static Samples saturated(Round round, WireSubject subject, int i, Report report)
            throws IOException, InterruptedException {
        Samples samples = round.run(saturated(subject), i);
        report.add(samples);
        return samples;
    }

    private void halved(Round round, WireSubject off, long half, Report report)
            throws IOException, InterruptedException {
        List<String> load = List.of("--window", "" + OPEN_WINDOW, "--rate", "" + half);
        for (int i = 1; i <= run.rounds; i++) {
            report.add(round.run(new Case(off, "half", load), i));
            report.add(round.run(new Case(save(saveSeconds, "waits"), "half", load), i));
            report.add(round.run(new Case(off, "half, again", load), i));
            WireSubject busy = save(saveSeconds, "computes", "--save-busy");
            report.add(round.run(new Case(busy, "half", load), i));
            report.add(round.run(new Case(save(againSeconds, "waits"), "half", load), i));
        }
    }

    private static WireSubject save(int seconds, String name, String... options) {
        List<String> all =
                new ArrayList<>(List.of("--snapshot-ms", "500", "--save-seconds", "" + seconds));
        all.addAll(List.of(options));
        return WireSubject.counter(
                "a save of " + seconds + " s that " + name, all.toArray(String[]::new));
    }

    /** Times between the names of snapshots, while requests come at a rate; the client is cold. */
    private String gaps(long rate) throws IOException, InterruptedException {
        WireSubject subject = WireSubject.counter("snapshots", "--snapshot-ms", "" + intervalMs);
        List<String> load =
                List.of("--window", "" + OPEN_WINDOW, "--rate", "" + rate, "--seconds", "30");
        Path directory = run.emptyWork();
        Set<String> seen = new TreeSet<>();
        long firstMs = 0;
        long longestMs = 0;
        try (Served.Running server = subject.start(directory);
                Forked client = subject.load(server.address(), load, run.figures("gaps"))) {
            long beforeNs = System.nanoTime();
            while (client.isAlive()) {
                Thread.sleep(POLL_MS);
                boolean isFirst = seen.isEmpty();
                boolean isNew = seen.addAll(snapshots(directory.resolve("data")));
                long nowNs = System.nanoTime();
                long withoutMs = (nowNs - beforeNs) / 1_000_000;
                firstMs = isFirst ? withoutMs : firstMs;
                longestMs = isFirst ? 0 : Math.max(longestMs, withoutMs);
                beforeNs = isNew ? nowNs : beforeNs;
            }
            client.join(Round.CASE_MAX);
        }
        Samples samples = Samples.read(run.figures("gaps")).get(0);
        return ("At %,.0f of %,d requests a second that were due: %d snapshots, the first %d ms"
                        + " after the client's start, the longest time without one from then on"
                        + " %d ms, interval %d ms%n")
                .formatted(samples.perSecond(), rate, seen.size(), firstMs, longestMs, intervalMs);
    }

    private static List<String> snapshots(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> directory.relativize(file).toString())
                    .filter(name -> name.contains(".snap.") && !name.endsWith(".tmp"))
                    .toList();
        }
    }
}
