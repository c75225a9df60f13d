package io.melin.bench.run;

import java.util.List;

/**
 * A subject under one load.
 *
 * @param load options of its client
 */
record Case(Subject subject, String loadName, List<String> load) {

    /** One connection or caller that keeps so many requests in flight. */
    static Case closed(Subject subject, int window) {
        return new Case(subject, "window " + window, List.of("--window", "" + window));
    }

    String name() {
        return subject.name() + ", " + loadName;
    }
}
