package io.melin.bench.run;

import io.melin.bench.counter.CounterServer;
import io.melin.bench.part.Forked;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * How often a node under load makes its collector run, and how long its threads stand still. Its
 * JVM has no options but the one for its log, as in the README.
 */
@CommandLine.Command(
        name = "pauses",
        defaultValueProvider = PausesCommand.TenMinutes.class,
        description = "Collector cycles and safepoints of a node under load for --seconds.")
final class PausesCommand implements Callable<Integer> {
    private static final long LONG_NS = 1_000_000;
    private static final String WINDOW = "256";
    private static final String OPEN_WINDOW = "8192";
    private static final Duration SPARE = Duration.ofMinutes(1);

    @Mixin private RunOptions run = new RunOptions();

    @Option(names = "--closed", description = "window 256 instead of half of its saturation")
    private boolean isClosed;

    @Option(names = "--saturation-seconds", description = "default ${DEFAULT-VALUE}")
    private int saturationSeconds = 10;

    private Path figures = Path.of("");

    /** Of {@code --seconds}: a collector that seldom runs is not seen in five. */
    static final class TenMinutes implements CommandLine.IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec option) {
            return option instanceof OptionSpec named && named.longestName().equals("--seconds")
                    ? "600"
                    : null;
        }
    }

    /** What happened in the measured time of the last client. */
    private record Measured(Samples samples, PauseLog log) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path directory = run.emptyWork();
        figures = run.figures("pauses");
        Path log = run.log("pauses");
        Files.deleteIfExists(log);
        Measured measured;
        try (Forked server =
                Forked.startBare(
                        List.of(PauseLog.option(log.toString())),
                        CounterServer.class,
                        List.of(directory.resolve("data").toString()))) {
            measured = measure(server.await("READY"), log);
        } finally {
            run.emptyWork();
        }
        run.print("pauses", report(measured));
        return 0;
    }

    private Measured measure(String port, Path log) throws IOException, InterruptedException {
        WireSubject melin = WireSubject.counter("auto");
        List<String> load = List.of("--window", WINDOW);
        if (!isClosed) {
            Samples saturated =
                    client(melin, port, load, List.of("--seconds", "" + saturationSeconds));
            long half = (long) (saturated.perSecond() / 2);
            load = List.of("--window", OPEN_WINDOW, "--rate", "" + half);
        }
        long startedMs = System.currentTimeMillis();
        Samples samples = client(melin, port, load, run.times());
        long endedMs = System.currentTimeMillis();
        // The JVM of the client starts within this span as well: too long rather than too short.
        long fromMs = startedMs + Duration.ofSeconds(run.warmUpSeconds).toMillis();
        return new Measured(
                samples, PauseLog.read(Files.readAllLines(log), fromMs, endedMs, LONG_NS));
    }

    private Samples client(WireSubject melin, String port, List<String> load, List<String> times)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(load);
        all.addAll(times);
        try (Forked client = melin.load(port, all, figures)) {
            client.join(SPARE.plusSeconds(run.seconds).plusSeconds(saturationSeconds));
        }
        return Samples.read(figures).get(0);
    }

    private String report(Measured measured) {
        Samples samples = measured.samples();
        PauseLog log = measured.log();
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        "%,.0f requests a second for %d s, p50 %,.0f us, p99.99 %,.0f us.%n%n"
                                + "Collector: %d cycles. Safepoints: %d, %d of them over 1 ms.%n",
                        samples.perSecond(),
                        run.seconds,
                        samples.percentileUs(50),
                        samples.percentileUs(99.99),
                        log.cycles(),
                        log.safepoints(),
                        log.longest().size()));
        if (!log.longest().isEmpty()) {
            out.append("\n| safepoint | ms |\n|---|---:|\n");
        }
        for (PauseLog.Pause pause : log.longest()) {
            out.append(String.format("| %s | %.2f |%n", pause.cause(), pause.ns() / 1e6));
        }
        return out.toString();
    }
}
