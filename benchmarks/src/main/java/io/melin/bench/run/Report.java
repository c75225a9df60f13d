package io.melin.bench.run;

import io.melin.bench.part.LoadOptions;
import io.melin.bench.part.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The figures of all rounds as a table: the median of each, its lowest and highest in brackets. */
final class Report {
    private static final String HEAD =
            """
            | case | rounds | a second | p50 us | p99 us | p99.9 us | p99.99 us |
            |---|---:|---:|---:|---:|---:|---:|
            """;

    private static final String FAIRNESS_HEAD =
            """

            | case | answers of the slowest connection for each of the median one; bar: 0.50 |
            |---|---:|
            """;

    private final Map<String, List<Samples>> byCase = new LinkedHashMap<>();

    void add(Samples samples) {
        byCase.computeIfAbsent(samples.name(), name -> new ArrayList<>()).add(samples);
    }

    String table() {
        StringBuilder out = new StringBuilder(HEAD);
        byCase.forEach((name, runs) ->
                out.append(
                        String.format(
                                "| %s | %d | %s | %s | %s | %s | %s |%n",
                                name,
                                runs.size(),
                                spread(runs, Samples::perSecond, "%,.0f"),
                                spread(runs, run -> run.percentileUs(50), "%.1f"),
                                spread(runs, run -> run.percentileUs(99), "%.0f"),
                                spread(runs, run -> run.percentileUs(99.9), "%.0f"),
                                spread(runs, run -> run.percentileUs(99.99), "%.0f"))));
        return out.toString();
    }

    /** Of the cases, in the order in which they came. */
    Set<String> names() {
        return byCase.keySet();
    }

    /** Latencies of all rounds of a case together. */
    Histogram merged(String name) {
        Histogram all = new Histogram(LoadOptions.HIGHEST_NS, 3);
        runs(name).forEach(run -> all.add(run.latencies()));
        return all;
    }

    /** The median of the rounds. */
    double perSecond(String name) {
        return median(runs(name).stream().mapToDouble(Samples::perSecond).toArray());
    }

    private List<Samples> runs(String name) {
        return byCase.getOrDefault(name, List.of());
    }

    /** How evenly answers went to connections, of the cases that had several; or nothing. */
    String fairness() {
        StringBuilder out = new StringBuilder();
        byCase.forEach((name, runs) -> {
            if (runs.get(0).answers().getTotalCount() > 1) {
                out.append(
                        String.format(
                                "| %s | %s |%n", name, spread(runs, Samples::fairness, "%.2f")));
            }
        });
        return out.isEmpty() ? "" : FAIRNESS_HEAD + out;
    }

    /** The median, and the lowest and highest if there are several. */
    static <T> String spread(List<T> runs, ToDoubleFunction<T> figure, String format) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        String median = String.format(format, median(sorted));
        if (sorted.length == 1) {
            return median;
        }
        return median
                + String.format(
                        " (" + format + " - " + format + ")", sorted[0], sorted[sorted.length - 1]);
    }

    /** The lower of the two in the middle, so that it is a figure that was seen. */
    static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
