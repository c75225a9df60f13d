package io.melin.bench.run;

import io.melin.bench.part.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How pairs of cases compare, round by round: what a disk does from one round to the next changes
 * both, so that a ratio of one round says more than one of medians.
 */
final class Ratios {
    private static final String HEAD =
            """
            | ratio | of | wanted | median, lowest - highest | of each round |
            |---|---|---|---:|---|
            """;
    private static final String FORMAT = "%.3f";

    private final List<Pair> pairs;
    private final Map<String, List<Samples>> byCase = new HashMap<>();

    Ratios(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /** A case's samples come in the order of its rounds, one a round. */
    void add(Samples samples) {
        byCase.computeIfAbsent(samples.name(), name -> new ArrayList<>()).add(samples);
    }

    /** Of the pairs that ran; empty if none did. */
    String table() {
        String rows =
                pairs.stream().map(pair -> row(pair, each(pair))).collect(Collectors.joining());
        return rows.isEmpty() ? "" : HEAD + rows;
    }

    /** One of each round in which both ran. */
    List<Double> each(Pair pair) {
        List<Samples> above = byCase.getOrDefault(pair.above(), List.of());
        List<Samples> below = byCase.getOrDefault(pair.below(), List.of());
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
            ratios.add(pair.figure().of(above.get(round)) / pair.figure().of(below.get(round)));
        }
        return ratios;
    }

    private static String row(Pair pair, List<Double> ratios) {
        if (ratios.isEmpty()) {
            return "";
        }
        double[] each = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        return "| %s / %s | %s | %s | %s | %s |%n"
                .formatted(
                        pair.above(),
                        pair.below(),
                        pair.figure().title(),
                        pair.verdict(Report.median(each)),
                        Report.spread(ratios, Double::doubleValue, FORMAT),
                        ratios.stream().map(FORMAT::formatted).collect(Collectors.joining(" ")));
    }
}
