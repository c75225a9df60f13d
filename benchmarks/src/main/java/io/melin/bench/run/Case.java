package io.melin.bench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A subject under one load.
 *
 * @param load options of its client
 */
record Case(Subject subject, String loadName, List<String> load) {
    private static final int GROWN_FROM = 10_000;

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

    /** An exchange with so many accounts, all of which trade. */
    static Case accounts(Subject subject, int count) {
        return grown(subject, "accounts", "accounts %,d".formatted(count), count);
    }

    /** An exchange with so many orders in its books. */
    static Case openOrders(Subject subject, int count) {
        return grown(subject, "open-orders", "open orders %,d".formatted(count), count);
    }

    /** What does not grow has {@link #GROWN_FROM}. */
    private static Case grown(Subject subject, String what, String loadName, int count) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("accounts", GROWN_FROM);
        sizes.put("open-orders", GROWN_FROM);
        sizes.put(what, count);
        List<String> load = new ArrayList<>(List.of("--window", "256", "--even"));
        sizes.forEach((name, size) -> load.addAll(List.of("--" + name, "" + size)));
        return new Case(subject, loadName, load);
    }

    /** All options of its client. */
    List<String> load(List<String> times) {
        return Stream.concat(load.stream(), times.stream()).toList();
    }

    String name() {
        return subject.name() + ", " + loadName;
    }
}
