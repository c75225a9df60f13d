package io.melin.bench.run;

import java.util.List;

/**
 * A subject under one load.
 *
 * @param load options of its client
 */
record Case(Subject subject, String loadName, List<String> load) {
    String name() {
        return subject.name() + ", " + loadName;
    }
}
