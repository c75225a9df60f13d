package io.melin.pipeline;

import io.melin.stage.FailStop;
import io.melin.stage.IdleStrategy;
import io.melin.stage.Layout;
import io.melin.stage.Stage;
import io.melin.stage.StageRunner;
import io.melin.stage.ThreadWakeup;
import io.melin.stage.Waiter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives stages their threads, as a layout says.
 *
 * <p>Built in two steps, because stages need to know whom to wake before they exist: the waiters
 * first, by stage name, then the runners around the finished stages.
 */
final class Threading {
    /**
     * With as many threads as cores, a spinner takes the time that its producer needs, and a short
     * timer costs more than it saves: docs/PERFORMANCE.md. Whoever has work signals.
     */
    private static final IdleStrategy COMPACT = IdleStrategy.backoff(0, 0, 10_000_000);

    /** Whoever has work for such a thread wakes it: it does not look by itself all the time. */
    private static final IdleStrategy BACKGROUND = IdleStrategy.backoff(20, 0, 100_000_000);

    /** For a waiter that knows best when it is time again. */
    private static final IdleStrategy PACED = IdleStrategy.backoff(0, 0, 1_000_000_000);

    private final StagePlan plan;
    private final PipelinePorts ports;
    private final Map<String, Waiter> waiters = new LinkedHashMap<>();

    Threading(StagePlan plan, PipelinePorts ports) {
        this.plan = plan;
        this.ports = ports;
    }

    /** Lets a stage wait where a door wants it to; before anybody asked for its waiter. */
    void waitsIn(String stage, Waiter waiter) {
        if (waiters.put(key(stage), waiter) != null) {
            throw new IllegalArgumentException("a second waiter for one thread: stage=" + stage);
        }
    }

    boolean isManual() {
        return plan.layout() == Layout.MANUAL;
    }

    /** Whether all stages of the hot path take turns on one thread. */
    boolean isOneThread() {
        return plan.layout() == Layout.COMPACT;
    }

    /** How much a stage does before the others of its thread have their turn. */
    int batchMax(int onItsOwn, int amongOthers) {
        return isOneThread() ? amongOthers : onItsOwn;
    }

    /** Whom to wake for a stage: one waiter for all where they share a thread. */
    Waiter waiter(String stage) {
        return waiters.computeIfAbsent(key(stage), name -> new ThreadWakeup());
    }

    private String key(String stage) {
        return isOneThread() ? "" : stage;
    }

    /** Runners for the stages of the hot path, in order; the manual layout steps each by itself. */
    List<StageRunner> runners(List<Stage> stages) {
        if (isOneThread()) {
            Stage first = stages.get(0);
            IdleStrategy idle = plan.spins() ? IdleStrategy.busySpin() : COMPACT;
            return List.of(runner(stages, idle, first.name(), ports.failStop()));
        }
        IdleStrategy idle = plan.spins() ? IdleStrategy.busySpin() : IdleStrategy.shared();
        List<StageRunner> runners = new ArrayList<>();
        for (Stage stage : stages) {
            runners.add(runner(List.of(stage), idle, stage.name(), ports.failStop()));
        }
        return runners;
    }

    /**
     * A runner off the hot path: it goes on after a failure of the hot path, to tell its callers,
     * but a failure of its own stops the rest.
     */
    StageRunner background(Stage stage, Waiter waiter) {
        return background(stage, waiter, BACKGROUND);
    }

    /** As {@link #background}, for a stage that rests most of the time. */
    StageRunner paced(Stage stage, Waiter waiter) {
        return background(stage, waiter, PACED);
    }

    private StageRunner background(Stage stage, Waiter waiter, IdleStrategy idle) {
        FailStop own = new FailStop();
        own.addListener(failure -> ports.failStop().trip(failure.stage(), failure.cause()));
        return new StageRunner(
                List.of(stage),
                new StageRunner.Config(idle, StageRunner.ANY_CORE),
                new StageRunner.Ports(ports.threads(), ports.pinning(), ports.time(), own, waiter));
    }

    private StageRunner runner(
            List<Stage> stages, IdleStrategy idle, String name, FailStop failStop) {
        int core = plan.cores().getOrDefault(name, StageRunner.ANY_CORE);
        return new StageRunner(
                stages,
                new StageRunner.Config(idle, core),
                new StageRunner.Ports(
                        ports.threads(), ports.pinning(), ports.time(), failStop, waiter(name)));
    }
}
