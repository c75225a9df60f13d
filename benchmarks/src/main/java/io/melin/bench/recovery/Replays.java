package io.melin.bench.recovery;

import io.melin.bench.part.Forked;
import io.melin.journal.JournalConfig;
import io.melin.journaled.JournaledApplication;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a journal of small events and recovers from it, again and again, in a JVM of its own whose
 * heap is far smaller than the journal. Each replay prints a line: millions of events a second of
 * processor time of the replaying thread, the same of elapsed time, MiB of heap that live after it.
 */
public final class Replays {
    private Replays() {}

    /**
     * @param arguments the directory, millions of events, {@code none} or {@code numbered} ids, and
     *     how often
     */
    public static void main(String[] arguments) {
        Forked.endWithParent();
        JournalConfig config = JournalConfig.of(Path.of(arguments[0]), 1, 1);
        boolean isNumbered = arguments[2].equals("numbered");
        History.write(config, Integer.parseInt(arguments[1]) * 1_000_000, isNumbered);
        for (int run = 0; run < Integer.parseInt(arguments[3]); run++) {
            replay(config);
        }
    }

    private static void replay(JournalConfig config) {
        long startedNs = System.nanoTime();
        long cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (JournaledApplication<Total.Value, Total.Value> app =
                JournaledApplication.recover(Total.program(), config, History.ports())) {
            double tookUs = (System.nanoTime() - startedNs) / 1e3;
            double cpuUs =
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNs) / 1e3;
            long entries = app.journal().report().entries();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long liveMiB = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
            System.out.printf(
                    Locale.ROOT,
                    "REPLAY %.2f %.2f %d%n",
                    entries / cpuUs,
                    entries / tookUs,
                    liveMiB);
        }
    }
}
