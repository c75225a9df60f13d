package io.melin.stage;

import java.util.BitSet;
import java.util.Optional;

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
    static BitSet cores(String list) {
        BitSet cores = new BitSet();
        if (list.isBlank()) {
            return cores;
        }
        for (String part : list.strip().split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            int first = core(ends[0]);
            int last = ends.length == 1 ? first : core(ends[1]);
            if (ends.length > 2 || first < 0 || last < first) {
                return new BitSet();
            }
            cores.set(first, last + 1);
        }
        return cores;
    }

    /** A number of up to four digits, -1 for anything else. */
    private static int core(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }
}
