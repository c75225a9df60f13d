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
    },

    /** Events of 100 bytes, 1 KiB and 16 KiB. */
    SIZES {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (int bytes : new int[] {100, 1 << 10, 16 << 10}) {
                List<String> load = List.of("--window", "256", "--event-bytes", "" + bytes);
                for (Subject subject : List.of(WireSubject.floor("select"), compact())) {
                    cases.add(new Case(subject, "event bytes %,d".formatted(bytes), load));
                }
            }
            return cases;
        }
    },

    /** Each layout that the machine allows; windows as above. */
    LAYOUTS {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (int window : new int[] {1, 16, 256}) {
                List<String> load = List.of("--window", "" + window);
                for (String layout : List.of("compact", "shared", "dedicated")) {
                    Subject subject = WireSubject.counter(layout, "--layout", layout);
                    cases.add(new Case(subject, "window " + window, load));
                }
            }
            return cases;
        }
    },

    /** Up to 1,000 connections with one request in flight each. */
    CONNECTIONS {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (int count : new int[] {1, 4, 64, 1_000}) {
                List<String> load = List.of("--window", "1", "--connections", "" + count);
                for (Subject subject :
                        List.of(WireSubject.echo(), WireSubject.floor("select"), compact())) {
                    cases.add(new Case(subject, "connections %,d".formatted(count), load));
                }
            }
            return cases;
        }
    };

    abstract List<Case> cases();

    private static WireSubject compact() {
        return WireSubject.counter("compact", "--layout", "compact");
    }

    private static List<Subject> subjects() {
        return List.of(
                WireSubject.floor("select"),
                compact(),
                WireSubject.counter("shared", "--layout", "shared"),
                WireSubject.floor("spin"),
                WireSubject.counter("spin", "--layout", "compact", "--idle", "spin").spinning(),
                new AeronSubject(2, false),
                new AeronSubject(2, true));
    }
}
