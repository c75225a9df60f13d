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
            String one = Case.closed(above, window).name();
            String other = Case.closed(below, window).name();
            Stream.of(Figure.values()).map(each -> new Pair(one, other, each)).forEach(pairs::add);
        }
        return pairs;
    }
}
