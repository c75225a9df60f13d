package io.melin.pipeline;

import io.melin.stage.CpuBudget;
import io.melin.stage.Idle;
import io.melin.stage.Layout;
import io.melin.stage.LayoutChoice;
import io.melin.stage.LayoutException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which threads there will be: the layout, the core of each stage, and whether idle threads spin.
 *
 * <p>P1: a thread spins only on a core that no other stage is pinned to, and never under a CPU
 * quota; what is told to spin does so only where a core is left for everything else. So a dedicated
 * layout on fewer cores than stages is legal: it pins, and parks. Who is then refused the core that
 * the plan gave it parks too, by itself ({@link io.melin.stage.StageRunner}).
 *
 * @param layout never {@link Layout#AUTO}
 * @param cores by stage name; a stage without one runs anywhere
 */
record StagePlan(Layout layout, Map<String, Integer> cores, boolean spins) {

    /**
     * @throws LayoutException if a wished core cannot be used, a dedicated layout is asked for
     *     without cores for it, or threads are told to spin where they must not
     */
    static StagePlan of(StageConfig config, CpuBudget budget) {
        StagePlan plan = whereItIsFree(config, budget);
        boolean hasThreads = plan.layout != Layout.MANUAL;
        if (config.idle() != Idle.SPIN || plan.spins || !hasThreads) {
            return plan;
        }
        int threads = plan.layout == Layout.COMPACT ? 1 : StageConfig.STAGES.size();
        boolean lacksCores = plan.layout == Layout.DEDICATED; // else it would spin already
        if (lacksCores || budget.quota().isPresent() || budget.usable() <= threads) {
            throw new LayoutException(
                    "threads may not spin: layout="
                            + plan.layout
                            + ", threads="
                            + threads
                            + ", usable CPUs="
                            + budget.usable()
                            + ", quota="
                            + budget.quota()
                            + ", cores="
                            + plan.cores
                            + "; give each a core of its own and the rest one more, lift the quota,"
                            + " or let them park");
        }
        return new StagePlan(plan.layout, plan.cores, true);
    }

    private static StagePlan whereItIsFree(StageConfig config, CpuBudget budget) {
        if (config.layout() == Layout.DEDICATED && !config.cores().isEmpty()) {
            return dedicated(config.cores(), budget);
        }
        LayoutChoice.Request request =
                new LayoutChoice.Request(config.layout(), new TreeSet<>(config.cores().values()));
        LayoutChoice choice = LayoutChoice.choose(request, budget, StageConfig.STAGES.size());
        if (choice.layout() != Layout.DEDICATED) {
            return new StagePlan(choice.layout(), config.cores(), false);
        }
        return dedicated(config.cores().isEmpty() ? handOut(choice) : config.cores(), budget);
    }

    private static StagePlan dedicated(Map<String, Integer> cores, CpuBudget budget) {
        cores.forEach((stage, core) -> {
            if (!budget.pinnable().contains(core)) {
                throw new LayoutException(
                        "core cannot be used: stage="
                                + stage
                                + ", core="
                                + core
                                + ", allowed="
                                + budget.pinnable()
                                + "; name a core that the process may use");
            }
        });
        boolean oneEach = new HashSet<>(cores.values()).size() == StageConfig.STAGES.size();
        return new StagePlan(Layout.DEDICATED, cores, oneEach && budget.quota().isEmpty());
    }

    private static Map<String, Integer> handOut(LayoutChoice choice) {
        Map<String, Integer> cores = new HashMap<>();
        Iterator<Integer> free = choice.cores().iterator();
        StageConfig.STAGES.forEach(stage -> cores.put(stage, free.next()));
        return cores;
    }
}
