package io.melin.stage;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which layout to run, and why. A pure decision.
 *
 * <pre>
 * asked for  cores named or isolated  quota  usable CPUs       chosen
 * AUTO       at least hot threads     no     any               DEDICATED
 * AUTO       otherwise                       hot threads + 2   SHARED
 * AUTO       otherwise                       fewer             COMPACT
 * DEDICATED  at least hot threads     no     any               DEDICATED
 * DEDICATED  otherwise                       any               LayoutException
 * the rest   any                      any    any               as asked for
 * </pre>
 *
 * <p>L1: never more spinning threads than cores of their own. L2: with a quota nothing spins, since
 * a spinner spends the time that the others are waiting for.
 *
 * @param layout never {@link Layout#AUTO}
 * @param cores to hand out to the hot threads; empty when nothing is to be pinned
 * @param reason one line for the operator
 */
public record LayoutChoice(Layout layout, SortedSet<Integer> cores, String reason) {

    public LayoutChoice {
        cores = Collections.unmodifiableSortedSet(new TreeSet<>(cores));
    }

    /**
     * What the operator asked for.
     *
     * @param cores those named in the configuration; empty leaves it to us
     */
    public record Request(Layout layout, SortedSet<Integer> cores) {

        public static Request of(Layout layout) {
            return new Request(layout, Collections.emptySortedSet());
        }
    }

    /**
     * @param hotThreads threads that a dedicated layout would spin, 1 or more
     * @throws LayoutException when exactly what was asked for is impossible
     */
    public static LayoutChoice choose(Request requested, CpuBudget budget, int hotThreads) {
        return switch (requested.layout()) {
            case AUTO -> automatic(requested, budget, hotThreads);
            case DEDICATED -> dedicated(requested, budget, hotThreads);
            case SHARED, COMPACT, MANUAL ->
                    new LayoutChoice(requested.layout(), requested.cores(), "as configured");
        };
    }

    private static LayoutChoice automatic(Request requested, CpuBudget budget, int hotThreads) {
        SortedSet<Integer> cores = candidates(requested, budget);
        cores.retainAll(budget.pinnable());
        if (budget.quota().isEmpty() && cores.size() >= hotThreads) {
            return new LayoutChoice(Layout.DEDICATED, cores, "a core for each hot thread");
        }
        boolean roomy = budget.usable() >= hotThreads + 2;
        return new LayoutChoice(
                roomy ? Layout.SHARED : Layout.COMPACT,
                requested.cores(),
                "usable CPUs="
                        + budget.usable()
                        + ", hot threads="
                        + hotThreads
                        + ", cores for them="
                        + cores);
    }

    private static LayoutChoice dedicated(Request requested, CpuBudget budget, int hotThreads) {
        SortedSet<Integer> cores = candidates(requested, budget);
        for (int core : cores) {
            if (!budget.pinnable().contains(core)) {
                throw new LayoutException(
                        "core cannot be used: core="
                                + core
                                + ", allowed="
                                + budget.pinnable()
                                + "; name cores that the process may use");
            }
        }
        if (budget.quota().isPresent()) {
            throw new LayoutException(
                    "dedicated layout under a CPU quota: quota="
                            + budget.quota().getAsDouble()
                            + "; lift the quota or ask for the shared or compact layout");
        }
        if (cores.size() < hotThreads) {
            throw new LayoutException(
                    "too few cores for the dedicated layout: cores="
                            + cores
                            + ", hot threads="
                            + hotThreads
                            + ", allowed="
                            + budget.pinnable()
                            + "; name a core for each, or ask for the shared or compact layout");
        }
        return new LayoutChoice(Layout.DEDICATED, cores, "as configured");
    }

    private static SortedSet<Integer> candidates(Request requested, CpuBudget budget) {
        return new TreeSet<>(requested.cores().isEmpty() ? budget.isolated() : requested.cores());
    }
}
