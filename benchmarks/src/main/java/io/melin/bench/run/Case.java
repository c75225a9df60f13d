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

    /** Many requests in flight whose events have so many bytes. */
    static Case sized(Subject subject, int bytes) {
        return new Case(
                subject,
                "event bytes %,d".formatted(bytes),
                List.of("--window", "256", "--event-bytes", "" + bytes));
    }

    /** So many connections with one request in flight each. */
    static Case connected(Subject subject, int count) {
        return new Case(
                subject,
                "connections %,d".formatted(count),
                List.of("--window", "1", "--connections", "" + count));
    }

    String name() {
        return subject.name() + ", " + loadName;
    }
}
