package io.melin.node;

import io.melin.journal.SegmentWriter;
import io.melin.journaled.JournaledApplication;
import io.melin.shadow.Pause;
import io.melin.shadow.ShadowListener;
import io.melin.shadow.ShadowMeters;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.ShadowSnapshotter;
import io.melin.stage.FailStop;
import io.melin.stage.IdleStrategy;
import io.melin.stage.StageRunner;
import io.melin.stage.ThreadFacts;
import io.melin.stage.ThreadWakeup;
import java.time.Duration;
import java.util.List;

/**
 * The shadow of one run, on its thread. Its fail-stop is its own: whatever befalls it, the node
 * goes on.
 */
final class NodeShadow {
    private static final System.Logger LOG = System.getLogger(NodeShadow.class.getName());

    /** How soon after a sync it looks again; nobody waits for it. */
    private static final long IDLE_NS = 10_000_000;

    /** For the final snapshot of an orderly stop; longer ones are given up. */
    private static final Duration SAVE_END = Duration.ofSeconds(10);

    private static final Duration CANCEL_END = Duration.ofSeconds(5);

    private final ShadowSnapshotter<?, ?> shadow;
    private final StageRunner runner;
    private final ShadowMeters meters;
    private final boolean isManual;

    private NodeShadow(
            ShadowSnapshotter<?, ?> shadow,
            StageRunner runner,
            ShadowMeters meters,
            boolean isManual) {
        this.shadow = shadow;
        this.runner = runner;
        this.meters = meters;
        this.isManual = isManual;
    }

    /** Whether this node has one; a node without peers serves, so it is no replica. */
    static boolean isWanted(MelinConfig config) {
        return config.snapshots().shadow() == ShadowMode.ON;
    }

    static <E, R> NodeShadow of(
            JournaledApplication.Program<E, R> program,
            MelinConfig config,
            NodePorts ports,
            NodeRun<E, R> run) {
        boolean isManual = run.pipeline.isManual();
        SegmentWriter writer = run.journaled.journal().writer();
        ShadowSnapshotter<E, R> shadow =
                new ShadowSnapshotter<>(
                        program,
                        new ShadowSnapshotter.Config(
                                config.journal().directory(),
                                config.journal().name(),
                                config.snapshots()),
                        new ShadowSnapshotter.Ports(
                                ports.storage(),
                                ports.time(),
                                writer::durableProgress,
                                isManual ? Pause.NONE : Pause.PARK,
                                () -> !run.failStop.isTripped(),
                                ShadowListener.NONE,
                                run.shadowMeters));
        StageRunner runner =
                new StageRunner(
                        List.of(shadow),
                        new StageRunner.Config(
                                IdleStrategy.backoff(0, 0, IDLE_NS), StageRunner.ANY_CORE),
                        new StageRunner.Ports(
                                ports.threads(),
                                ports.pinning(),
                                ports.time(),
                                new FailStop(),
                                new ThreadWakeup()));
        return new NodeShadow(shadow, runner, run.shadowMeters, isManual);
    }

    void start() {
        if (!isManual) {
            runner.start();
        }
    }

    /** One lap on the caller's thread; manual layout only. */
    int runOnce() {
        return isManual ? runner.runOnce() : 0;
    }

    ThreadFacts facts() {
        return runner.facts();
    }

    /**
     * Ends it, with a final snapshot if one is due and the node has not failed.
     *
     * @return false if it is stuck in the disk
     */
    boolean stop(boolean isOrderly) {
        runner.stop();
        if (isManual) {
            runner.runOnce();
        }
        if (!isOrderly) {
            shadow.cancel();
        }
        boolean hasEnded = runner.joinUninterruptibly(isOrderly ? SAVE_END : CANCEL_END);
        if (!hasEnded) {
            LOG.log(System.Logger.Level.WARNING, "the final snapshot takes too long, given up");
            shadow.cancel();
            hasEnded = runner.joinUninterruptibly(CANCEL_END);
        }
        if (hasEnded) {
            meters.settle();
        }
        return hasEnded;
    }
}
