package io.melin.bench.run;

import java.util.ArrayList;
import java.util.List;

/** Which cases are held against each other. */
enum Suite {
    /** One connection that keeps 1, 16 and 256 requests in flight. */
    WINDOWS {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (int window : new int[] {1, 16, 256}) {
                List<String> load = List.of("--window", Integer.toString(window));
                for (Subject subject : subjects()) {
                    cases.add(new Case(subject, "window " + window, load));
                }
            }
            return cases;
        }
    };

    abstract List<Case> cases();

    private static List<Subject> subjects() {
        return List.of(
                WireSubject.floor("select"),
                WireSubject.counter("compact", "--layout", "compact"),
                WireSubject.counter("shared", "--layout", "shared"),
                WireSubject.floor("spin"),
                WireSubject.counter("spin", "--layout", "compact", "--idle", "spin").spinning(),
                new AeronSubject(2, false),
                new AeronSubject(2, true));
    }
}
