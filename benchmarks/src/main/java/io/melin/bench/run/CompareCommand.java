package io.melin.bench.run;

import io.melin.bench.part.RefusedException;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The cases of a suite, alternating in rounds. */
@CommandLine.Command(name = "compare", description = "The cases of a suite against each other.")
final class CompareCommand implements Callable<Integer> {
    @Option(names = "--suite", required = true, description = "${COMPLETION-CANDIDATES}")
    private Suite suite = Suite.WINDOWS;

    @Option(names = "--only", description = "an expression that names of cases have to contain")
    private Pattern only = Pattern.compile("");

    @Option(
            names = "--kept",
            description =
                    "counters, echo and floor live through all rounds, stopped while another is"
                            + " asked, so that a case may take two seconds and rounds be many")
    private boolean isKept;

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        List<Case> cases =
                suite.cases().stream().filter(one -> only.matcher(one.name()).find()).toList();
        try (Round round = isKept ? run.kept(run.times()) : run.round()) {
            print(cases, round);
        }
        return 0;
    }

    private void print(List<Case> cases, Round round) throws IOException, InterruptedException {
        Report limits = new Report();
        Report figures = new Report();
        Ratios ratios = new Ratios(suite.pairs());
        Set<String> refused = new LinkedHashSet<>();
        for (int i = 1; i <= run.rounds; i++) {
            if (!isKept || i == 1 || i == run.rounds) { // they take longer than a kept case
                round.limits(i).forEach(limits::add);
            }
            for (Case one : cases) {
                try {
                    Samples samples = round.run(one, i);
                    figures.add(samples);
                    ratios.add(samples);
                } catch (RefusedException e) {
                    refused.add("* " + one.subject().name() + ": " + e.getMessage() + "\n");
                }
            }
        }
        run.print(
                suite.toString(),
                String.join("\n", limits.table(), figures.table(), ratios.table())
                        + figures.fairness()
                        + (refused.isEmpty() ? "" : "\nRefused:\n\n" + String.join("", refused))
                        + plots(cases, figures));
    }

    /** Latencies, a plot for each load; and throughput over the loads. */
    private String plots(List<Case> cases, Report figures) throws IOException {
        Map<String, Map<String, Histogram>> latencies = new LinkedHashMap<>();
        Map<String, Map<String, Double>> throughput = new LinkedHashMap<>();
        for (Case one : cases) {
            if (!figures.names().contains(one.name())) {
                continue; // refused
            }
            String subject = one.subject().name();
            latencies
                    .computeIfAbsent(one.loadName(), load -> new LinkedHashMap<>())
                    .put(subject, figures.merged(one.name()));
            throughput
                    .computeIfAbsent(subject, name -> new LinkedHashMap<>())
                    .put(one.loadName(), figures.perSecond(one.name()));
        }
        Plots plots = run.plots(suite.toString());
        StringBuilder links = new StringBuilder("\n");
        for (Map.Entry<String, Map<String, Histogram>> load : latencies.entrySet()) {
            links.append(plots.latencies(load.getKey(), load.getValue()));
        }
        return links.append(plots.throughput(throughput)).toString();
    }
}
