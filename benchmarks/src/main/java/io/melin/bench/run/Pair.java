package io.melin.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two cases of a suite whose ratio is reported.
 *
 * @param above name of the case above the line
 * @param below name of the case below it
 */
record Pair(String above, String below, Figure figure) {

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
        return Stream.of(Figure.values())
                .map(each -> new Pair(above.name(), below.name(), each))
                .toList();
    }
}
