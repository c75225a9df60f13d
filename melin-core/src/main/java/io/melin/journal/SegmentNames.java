package io.melin.journal;

import io.melin.journal.JournalException.DuplicateSegmentIndex;
import io.melin.journal.JournalException.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one journal, by name.
 *
 * @param live the name of the live segment
 */
record SegmentNames(String live) {
    private static final int DIGITS = 6;
    private static final int DIGITS_MAX = 18;

    /** A sealed segment. */
    record Archive(long segment, String name) {}

    String lock() {
        return live + ".lock";
    }

    String staging() {
        return live + ".next-staging";
    }

    /** Of a file that is zeroed in the background. */
    String prepared(long number) {
        return prepared() + "-" + number;
    }

    /** Whether a file is such a one, of older builds without a number too; a copy of it is not. */
    boolean isPrepared(String name) {
        return name.startsWith(prepared())
                && name.substring(prepared().length()).matches("(-[0-9]+)?");
    }

    private String prepared() {
        return live + ".next-prepared";
    }

    /** All files among {@code names} that may become the live segment, in their order. */
    List<String> unnamed(List<String> names) {
        return names.stream()
                .filter(name -> name.equals(staging()) || isPrepared(name))
                .sorted()
                .toList();
    }

    String archive(long segment) {
        return live + "." + padded(segment, DIGITS);
    }

    boolean isSnapshot(String name) {
        return name.startsWith(live + ".snap.");
    }

    /**
     * All archives among {@code names}, by number. A suffix that is not a positive number is no
     * archive: locks, snapshots, staging and temporary files.
     *
     * @throws DuplicateSegmentIndex if two spell one number
     */
    List<Archive> archives(List<String> names, String directory) {
        Map<Long, String> byNumber = new HashMap<>();
        for (String name : names) {
            long segment = number(name);
            String other = segment == 0 ? null : byNumber.put(segment, name);
            if (other != null) {
                throw new DuplicateSegmentIndex(
                        Place.of(directory).segment(segment),
                        new Finding(
                                "two archives with one number",
                                other,
                                name,
                                "move the one that does not belong here away"));
            }
        }
        List<Archive> archives = new ArrayList<>();
        byNumber.forEach((segment, name) -> archives.add(new Archive(segment, name)));
        archives.sort(Comparator.comparingLong(Archive::segment));
        return archives;
    }

    /** The number of an archive's name, 0 for any other name. */
    private long number(String name) {
        if (!name.startsWith(live + ".")) {
            return 0;
        }
        String suffix = name.substring(live.length() + 1);
        boolean isNumber =
                !suffix.isEmpty()
                        && suffix.length() <= DIGITS_MAX
                        && suffix.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(suffix) : 0;
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
