package io.melin.stage;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** Parsers of what the kernel prints. Total: text that makes no sense is an empty answer. */
final class ProcText {
    private static final String ALLOWED = "Cpus_allowed_list:";

    private ProcText() {}

    /** The core list in the text of a {@code /proc/.../status}. */
    static Optional<String> coresAllowed(String status) {
        return status.lines()
                .filter(line -> line.startsWith(ALLOWED))
                .map(line -> line.substring(ALLOWED.length()).strip())
                .filter(list -> !list.isEmpty())
                .findFirst();
    }

    /** A list of the form {@code 0-2,5}; an empty set when any part of it makes no sense. */
    static SortedSet<Integer> cores(String list) {
        SortedSet<Integer> cores = new TreeSet<>();
        if (list.isBlank()) {
            return cores;
        }
        for (String part : list.strip().split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            int first = core(ends[0]);
            int last = ends.length == 1 ? first : core(ends[1]);
            if (ends.length > 2 || first < 0 || last < first) {
                return Collections.emptySortedSet();
            }
            for (int core = first; core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    /** CPUs in the text of a {@code cpu.max}; empty for {@code max}, which is no limit. */
    static OptionalDouble quota(String cpuMax) {
        String[] words = cpuMax.strip().split("\\s+", -1);
        return words.length == 2 ? quota(words[0], words[1]) : OptionalDouble.empty();
    }

    /** CPUs by the texts of the older quota and period files; -1 is no limit. */
    static OptionalDouble quota(String quotaMicros, String periodMicros) {
        long quota = positive(quotaMicros);
        long period = positive(periodMicros);
        return quota > 0 && period > 0
                ? OptionalDouble.of((double) quota / period)
                : OptionalDouble.empty();
    }

    /** A number of up to four digits, -1 for anything else. */
    private static int core(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }

    /** A number of up to 18 digits, 0 for anything else. */
    private static long positive(String text) {
        String number = text.strip();
        return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
    }
}
