package io.melin.snapshot;

import java.util.Comparator;
import java.util.List;

/**
 * The snapshot files of one journal, by name.
 *
 * @param journal the name of its live segment
 */
record SnapshotNames(String journal) {
    private static final int DIGITS = 20;
    private static final int DIGITS_MAX = 19;
    private static final String TEMPORARY = ".tmp";

    SnapshotFile of(long sequence) {
        String number = Long.toString(sequence);
        String name = prefix() + "0".repeat(DIGITS - number.length()) + number;
        return new SnapshotFile(name, sequence);
    }

    /** Under which name a snapshot is written before it deserves its own. */
    String temporary(SnapshotFile file) {
        return file.name() + TEMPORARY;
    }

    /** What an interrupted save leaves. */
    boolean isTemporary(String name) {
        return name.startsWith(prefix()) && name.endsWith(TEMPORARY);
    }

    /** All snapshots among {@code names}, the newest first. */
    List<SnapshotFile> snapshots(List<String> names) {
        return names.stream()
                .filter(this::isSnapshot)
                .map(name -> of(Long.parseLong(name.substring(prefix().length()))))
                .sorted(Comparator.comparingLong(SnapshotFile::sequence).reversed())
                .toList();
    }

    private boolean isSnapshot(String name) {
        if (!name.startsWith(prefix())) {
            return false;
        }
        String number = name.substring(prefix().length());
        return number.length() == DIGITS
                && number.chars().allMatch(c -> c >= '0' && c <= '9')
                && isLong(number.substring(DIGITS - DIGITS_MAX), number);
    }

    private static boolean isLong(String digits, String number) {
        return number.charAt(0) == '0' && digits.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
    }

    private String prefix() {
        return journal + ".snap.";
    }
}
