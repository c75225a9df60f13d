package io.melin.node;

import io.melin.journal.Journal;
import io.melin.journaled.JournaledApplication;
import io.melin.shadow.Pause;
import io.melin.shadow.ShadowListener;
import io.melin.shadow.ShadowMeters;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.ShadowSnapshotter;
import io.melin.stage.ThreadFacts;
import java.time.Duration;

/** The shadow of one run, on its thread. */
final class NodeShadow {
    private static final System.Logger LOG = System.getLogger(NodeShadow.class.getName());

    /** How soon after a sync it looks again; nobody waits for it. */
    private static final long IDLE_NS = 10_000_000;

    /** For the final snapshot of an orderly stop; longer ones are given up. */
    private static final Duration SAVE_END = Duration.ofSeconds(10);

    private static final Duration CANCEL_END = Duration.ofSeconds(5);

    private final ShadowSnapshotter<?, ?> shadow;
    private final SideStage thread;
    private final ShadowMeters meters;

    private NodeShadow(ShadowSnapshotter<?, ?> shadow, SideStage thread, ShadowMeters meters) {
        this.shadow = shadow;
        this.thread = thread;
        this.meters = meters;
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
        Journal journal = run.journaled.journal();
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
                                journal.writer()::durableProgress,
                                journal.follower(),
                                isManual ? Pause.NONE : Pause.PARK,
                                () -> !run.failStop.isTripped(),
                                ShadowListener.NONE,
                                run.shadowMeters));
        SideStage thread = new SideStage(shadow, IDLE_NS, ports.inBackground(), isManual);
        return new NodeShadow(shadow, thread, run.shadowMeters);
    }

    void start() {
        thread.start();
    }

    int runOnce() {
        return thread.runOnce();
    }

    ThreadFacts facts() {
        return thread.facts();
    }

    /**
     * Ends it, with a last snapshot of what is new unless the node has failed.
     *
     * @return false if it is stuck in the disk
     */
    boolean stop(boolean isOrderly) {
        thread.stop();
        if (!isOrderly) {
            shadow.cancel();
        }
        boolean hasEnded = thread.join(isOrderly ? SAVE_END : CANCEL_END);
        if (!hasEnded) {
            LOG.log(System.Logger.Level.WARNING, "the final snapshot takes too long, given up");
            shadow.cancel();
            hasEnded = thread.join(CANCEL_END);
        }
        if (hasEnded) {
            meters.settle();
        }
        return hasEnded;
    }
}
