package io.melin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.stage.CpuBudget;
import io.melin.stage.Idle;
import io.melin.stage.Layout;
import io.melin.stage.LayoutException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link StagePlan} P1: who may spin. */
class StagePlanTest {
    private static final int STAGES = StageConfig.STAGES.size();

    @Test
    void spinsWithACoreForEachStage() {
        StagePlan plan = dedicated(cores(0, 1, 2, 3, 4), machine(8, OptionalDouble.empty()));

        assertThat(plan.layout()).isEqualTo(Layout.DEDICATED);
        assertThat(plan.cores()).isEqualTo(cores(0, 1, 2, 3, 4));
        assertThat(plan.spins()).as("P1").isTrue();
    }

    @Test
    void pinsAndParksOnFewerCoresThanStages() {
        StagePlan plan = dedicated(cores(0, 1, 0, 1, 0), machine(2, OptionalDouble.empty()));

        assertThat(plan.layout()).isEqualTo(Layout.DEDICATED);
        assertThat(plan.cores()).isEqualTo(cores(0, 1, 0, 1, 0));
        assertThat(plan.spins()).as("P1").isFalse();
    }

    @Test
    void parksWhenAStageHasNoCore() {
        Map<String, Integer> cores = new HashMap<>(cores(0, 1, 2, 3, 4));
        cores.remove("response");

        assertThat(dedicated(cores, machine(8, OptionalDouble.empty())).spins()).as("P1").isFalse();
    }

    @Test
    void parksUnderAQuota() {
        assertThat(dedicated(cores(0, 1, 2, 3, 4), machine(8, OptionalDouble.of(8))).spins())
                .as("P1")
                .isFalse();
    }

    @Test
    void spinsOnOneThreadWhereItIsToldToAndACoreIsLeft() {
        assertThat(compact(Idle.SPIN, machine(2, OptionalDouble.empty())).spins()).isTrue();
        assertThat(compact(Idle.AUTO, machine(2, OptionalDouble.empty())).spins()).isFalse();
        StageConfig stepped = new StageConfig(Layout.MANUAL, Map.of()).withIdle(Idle.SPIN);
        assertThat(StagePlan.of(stepped, machine(1, OptionalDouble.empty())).spins()).isFalse();
    }

    @Test
    void refusesToSpinWhereOthersNeedTheCore() {
        for (CpuBudget budget :
                List.of(machine(1, OptionalDouble.empty()), machine(2, OptionalDouble.of(2)))) {
            assertThatThrownBy(() -> compact(Idle.SPIN, budget))
                    .as("P1")
                    .isInstanceOf(LayoutException.class)
                    .hasMessageContainingAll("threads may not spin", "let them park");
        }
        StageConfig shared = new StageConfig(Layout.SHARED, Map.of()).withIdle(Idle.SPIN);
        assertThatThrownBy(() -> StagePlan.of(shared, machine(STAGES, OptionalDouble.empty())))
                .as("P1")
                .isInstanceOf(LayoutException.class);
        assertThat(StagePlan.of(shared, machine(STAGES + 1, OptionalDouble.empty())).spins())
                .isTrue();
    }

    private static StagePlan compact(Idle idle, CpuBudget budget) {
        return StagePlan.of(new StageConfig(Layout.COMPACT, Map.of()).withIdle(idle), budget);
    }

    @Test
    void handsOutIsolatedCoresOneEach() {
        CpuBudget budget =
                new CpuBudget(
                        8,
                        new TreeSet<>(Collections.singleton(0)),
                        new TreeSet<>(IntStream.rangeClosed(3, 7).boxed().toList()),
                        OptionalDouble.empty());

        StagePlan plan = StagePlan.of(new StageConfig(Layout.AUTO, Map.of()), budget);

        assertThat(plan.layout()).isEqualTo(Layout.DEDICATED);
        assertThat(plan.cores()).containsOnlyKeys(StageConfig.STAGES);
        assertThat(new HashSet<>(plan.cores().values())).containsExactlyInAnyOrder(3, 4, 5, 6, 7);
        assertThat(plan.spins()).as("P1").isTrue();
    }

    @Test
    void neverSpinsInAnotherLayout() {
        for (Layout layout : new Layout[] {Layout.SHARED, Layout.COMPACT, Layout.MANUAL}) {
            StagePlan plan =
                    StagePlan.of(
                            new StageConfig(layout, cores(0, 1, 2, 3, 4)),
                            machine(8, OptionalDouble.empty()));

            assertThat(plan.layout()).isEqualTo(layout);
            assertThat(plan.spins()).as("P1, %s", layout).isFalse();
        }
    }

    @Test
    void refusesACoreThatTheProcessMayNotUse() {
        assertThatThrownBy(() -> dedicated(Map.of("disk", 2), machine(2, OptionalDouble.empty())))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("stage=disk, core=2, allowed=[0, 1]");
    }

    private static StagePlan dedicated(Map<String, Integer> cores, CpuBudget budget) {
        return StagePlan.of(new StageConfig(Layout.DEDICATED, cores), budget);
    }

    private static Map<String, Integer> cores(int... cores) {
        Map<String, Integer> named = new HashMap<>();
        IntStream.range(0, STAGES).forEach(i -> named.put(StageConfig.STAGES.get(i), cores[i]));
        return named;
    }

    private static CpuBudget machine(int cores, OptionalDouble quota) {
        return new CpuBudget(
                cores,
                new TreeSet<>(IntStream.range(0, cores).boxed().toList()),
                new TreeSet<>(),
                quota);
    }
}
