package io.melin.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The cores that the process may really use.
 *
 * @param processors what the JVM counts, 1 or more
 * @param allowed cores of the process' mask; where the system does not tell, as many as processors
 * @param isolated cores that the kernel keeps free for threads that pin themselves
 * @param quota CPUs granted by the control groups; empty without a limit
 */
public record CpuBudget(
        int processors,
        SortedSet<Integer> allowed,
        SortedSet<Integer> isolated,
        OptionalDouble quota) {

    public CpuBudget {
        if (processors < 1 || allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "process without a cpu: processors=" + processors + ", allowed=" + allowed);
        }
        allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
        isolated = Collections.unmodifiableSortedSet(new TreeSet<>(isolated));
    }

    /** This process' budget. Call it on an unpinned thread: the JVM counts for its caller. */
    public static CpuBudget detect() {
        return read(Path.of("/"), Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param root of the file tree that the kernel's files are read from
     */
    static CpuBudget read(Path root, int processors) {
        SortedSet<Integer> allowed =
                ProcText.coresAllowed(text(root.resolve("proc/self/status")))
                        .map(ProcText::cores)
                        .orElseGet(Collections::emptySortedSet);
        return new CpuBudget(
                processors,
                allowed.isEmpty() ? ProcText.cores("0-" + (processors - 1)) : allowed,
                ProcText.cores(text(root.resolve("sys/devices/system/cpu/isolated"))),
                new CgroupQuota(root).cpus());
    }

    /** CPUs that threads can really run on at once, 1 or more; part of a CPU counts as none. */
    public int usable() {
        double granted = Math.min(quota.orElse(processors), Math.min(processors, allowed.size()));
        return Math.max(1, (int) granted);
    }

    /** Cores that a thread may be pinned to: the isolated ones lie outside of the usual mask. */
    public SortedSet<Integer> pinnable() {
        SortedSet<Integer> cores = new TreeSet<>(allowed);
        cores.addAll(isolated);
        return Collections.unmodifiableSortedSet(cores);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // Not there: another system. The JVM's count then has to do.
            return "";
        }
    }
}
