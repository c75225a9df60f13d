package io.melin.bench.run;

import io.melin.bench.part.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What it costs that somebody looks: meters that are scraped and events that are traced, against
 * the same node without, and that one against itself.
 */
@CommandLine.Command(
        name = "meters",
        description = "A node in Spring Boot, scraped and traced or not, saturated and at half.")
final class MetersCommand implements Callable<Integer> {
    private static final List<String> CLOSED = List.of("--window", "256");
    private static final String OPEN_WINDOW = "8192";
    private static final String SATURATED = "saturated";
    private static final String HALF = "half";

    @Mixin private RunOptions run = new RunOptions();

    private int sampleEvery = 64;
    private final List<Integer> scrapes = new ArrayList<>();
    private final Report figures = new Report();

    @Option(names = "--sample-every", description = "one event in so many is traced, default 64")
    void sampleEvery(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("1 or more: every=" + every);
        }
        sampleEvery = every;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Subject off = subject(0);
        Subject on = subject(sampleEvery);
        Ratios ratios = new Ratios(pairs(off, on));
        try (Round round = run.round()) {
            for (int i = 1; i <= run.rounds; i++) {
                List<Samples> saturated = all(round, cases(off, on, SATURATED, CLOSED), i);
                long half = (long) (saturated.get(0).perSecond() / 2);
                List<String> open = List.of("--window", OPEN_WINDOW, "--rate", "" + half);
                List<Samples> halved = all(round, cases(off, on, HALF, open), i);
                Stream.concat(saturated.stream(), halved.stream())
                        .forEach(samples -> {
                            figures.add(samples);
                            ratios.add(samples);
                        });
            }
        }
        run.print("meters", figures.table() + "\n" + ratios.table() + "\n" + scrapes());
        return 0;
    }

    private Subject subject(int every) throws IOException {
        return new MeteredSubject(every, run.log("meters"), scrapes::add);
    }

    /** Two equal runs around the one that differs. */
    static List<Case> cases(Subject off, Subject on, String loadName, List<String> load) {
        return List.of(
                new Case(off, loadName, load),
                new Case(on, loadName, load),
                new Case(off, loadName + ", again", load));
    }

    static List<Pair> pairs(Subject off, Subject on) {
        return Stream.of(SATURATED, HALF)
                .map(loadName -> cases(off, on, loadName, List.of()))
                .flatMap(cases ->
                        cases.stream().skip(1).flatMap(one -> Pair.of(one, cases.get(0)).stream()))
                .toList();
    }

    private static List<Samples> all(Round round, List<Case> cases, int number)
            throws IOException, InterruptedException {
        List<Samples> all = new ArrayList<>();
        for (Case one : cases) {
            all.add(round.run(one, number));
        }
        return all;
    }

    private String scrapes() {
        return "Scrapes of each run that had any: %s%n"
                .formatted(Report.spread(scrapes, Integer::doubleValue, "%.0f"));
    }
}
