package io.melin.test;

import io.melin.journal.RecoveryReport;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What crashes of journals have shown, counted. */
final class CrashTally {
    private final TreeMap<String, Integer> seen = new TreeMap<>();

    /** Now and then a medium that tears even its sectors. */
    static CrashPlan plan(Random random) {
        CrashPlan plan = CrashPlan.random(random.nextLong());
        return random.nextInt(8) == 0 ? plan.withBlockBytes(32) : plan;
    }

    void observe(RecoveryReport report, JournalDriver driver) {
        for (String note : report.tail().notes()) {
            if (note.contains("archives without a live")) {
                count("archives without a live segment");
            } else if (note.contains("seal")) {
                count("a seal that was cleared");
            }
        }
        if (report.lastSequence() < driver.ledger().framedCount()) {
            count("entries lost that were not durable");
        }
        if (report.lastSequence() > driver.ledger().promised()) {
            count("entries kept that were not durable");
        }
        if (report.segment() > 3) {
            count("more than three segments");
        }
        count("images");
    }

    void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    void add(String what, long count) {
        seen.merge(what, (int) count, Integer::sum);
    }

    Set<String> kinds() {
        return seen.keySet();
    }

    @Override
    public String toString() {
        return seen.toString();
    }
}
