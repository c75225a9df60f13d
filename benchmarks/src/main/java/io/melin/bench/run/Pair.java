package io.melin.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two cases of a suite whose ratio is reported.
 *
 * @param above name of the case above the line
 * @param below name of the case below it
 * @param bar what the ratio should reach, or not exceed if less is better; NaN for anything
 */
record Pair(String above, String below, Figure figure, double bar) {

    Pair(String above, String below, Figure figure) {
        this(above, below, figure, Double.NaN);
    }

    /** Two subjects with the same requests in flight, by every figure. */
    static List<Pair> of(Subject above, Subject below, int... windows) {
        List<Pair> pairs = new ArrayList<>();
        for (int window : windows) {
            pairs.addAll(of(Case.closed(above, window), Case.closed(below, window)));
        }
        return pairs;
    }

    /** Two cases, by every figure. */
    static List<Pair> of(Case above, Case below) {
        return of(above, below, Map.of());
    }

    /** The same with bars for some of the figures. */
    static List<Pair> of(Case above, Case below, Map<Figure, Double> bars) {
        return Stream.of(Figure.values())
                .map(each -> new Pair(above.name(), below.name(), each, bar(bars, each)))
                .toList();
    }

    private static double bar(Map<Figure, Double> bars, Figure figure) {
        return bars.getOrDefault(figure, Double.NaN);
    }

    /** In words, with what has come of it; empty if anything will do. */
    String verdict(double ratio) {
        if (Double.isNaN(bar)) {
            return "";
        }
        boolean isMoreBetter = figure.isMoreBetter();
        boolean holds = isMoreBetter ? ratio >= bar : ratio <= bar;
        return "%s %.2f: %s"
                .formatted(isMoreBetter ? "at least" : "at most", bar, holds ? "holds" : "missed");
    }
}
