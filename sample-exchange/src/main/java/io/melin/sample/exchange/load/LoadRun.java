package io.melin.sample.exchange.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Starts the loops of a run, says once a second how it goes, and reports. */
final class LoadRun {
    private final LoadPlan plan;
    private final Phases phases;
    private final List<Tally> tallies = new ArrayList<>();
    private final PrintStream progress;
    private long answeredBefore;

    /**
     * @param progress takes a line a second
     */
    LoadRun(LoadPlan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
        phases = new Phases(plan.timing(), plan.shape().connections());
    }

    /**
     * @param hdr takes the histogram log, if there is to be one
     */
    LoadReport run(@Nullable Path hdr) throws IOException, InterruptedException {
        List<LoadLoop> loops = new ArrayList<>();
        for (int i = 0; i < plan.threads(); i++) {
            LoadLoop loop = new LoadLoop(plan, phases, i);
            loops.add(loop);
            tallies.add(loop.tally());
        }
        CountDownLatch running = new CountDownLatch(loops.size());
        try (Intervals intervals = new Intervals(tallies, hdr)) {
            for (int i = 0; i < loops.size(); i++) {
                start(loops.get(i), "load-" + i, running);
            }
            while (!running.await(1, TimeUnit.SECONDS)) {
                say(intervals.next());
            }
            intervals.next();
            return new LoadReport(plan, tallies, intervals.total());
        } finally {
            phases.abort();
        }
    }

    private static void start(LoadLoop loop, String name, CountDownLatch running) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                loop.run();
                            } finally {
                                running.countDown();
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }

    private void say(Histogram second) {
        long answered = total(Count.PROGRESS);
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "load: %s, answered %d/s",
                        phase(),
                        answered - answeredBefore));
        answeredBefore = answered;
        if (second.getTotalCount() > 0) {
            line.append(
                    String.format(
                            Locale.ROOT,
                            ", p50 %.1f us, p99 %.1f us",
                            second.getValueAtPercentile(50) / 1e3,
                            second.getValueAtPercentile(99) / 1e3));
        }
        say(line, "rejected", Count.REJECTED);
        say(line, "busy", Count.BUSY);
        say(line, "reconnects", Count.RECONNECTS);
        say(line, "errors", Count.ERRORS);
        progress.println(line);
    }

    private void say(StringBuilder line, String word, Count count) {
        if (total(count) > 0) {
            line.append(", ").append(word).append(' ').append(total(count));
        }
    }

    private String phase() {
        long nowNs = System.nanoTime();
        if (!phases.isStarted()) {
            return "set-up";
        }
        if (nowNs - phases.measureStartNs() < 0) {
            return "warm-up";
        }
        return nowNs - phases.measureEndNs() < 0 ? "measuring" : "cool-down";
    }

    private long total(Count count) {
        return tallies.stream().mapToLong(tally -> tally.get(count)).sum();
    }
}
