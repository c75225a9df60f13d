package io.melin.node;

import io.melin.app.MelinOperations;
import io.melin.app.Refusal;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.pipeline.Admission;
import io.melin.pipeline.Pipeline;
import io.melin.pipeline.PipelineBuilder;
import io.melin.pipeline.PipelinePorts;
import io.melin.shadow.ShadowMeters;
import io.melin.stage.FailStop;
import io.melin.stage.ThreadFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a node, from recovery to close. A node that is started again gets a new one.
 *
 * <p>Threading: opened, drained and closed by control threads, one at a time.
 */
final class NodeRun<E, R> {
    private static final System.Logger LOG = System.getLogger(NodeRun.class.getName());

    /** A stage that does not end by then is stuck in a write or sync. */
    private static final Duration STAGE_END = Duration.ofSeconds(5);

    /** After a failure callers are told soon, whether or not a stage is stuck. */
    private static final Duration STAGE_END_AFTER_FAILURE = Duration.ofMillis(200);

    final FailStop failStop = new FailStop();
    final Admission admission = new Admission();
    final JournaledApplication<E, R> journaled;
    final NodeDoors<E, R> doors;
    final Pipeline pipeline;
    final ShadowMeters shadowMeters;
    private final @Nullable NodeShadow shadow;
    final NodeSpace space;
    private boolean isClosed;

    /**
     * Recovers and wires; nothing runs yet.
     *
     * @throws io.melin.journal.JournalException as {@link JournaledApplication#open}
     */
    NodeRun(
            JournaledApplication.Program<E, R> program,
            MelinConfig config,
            NodePorts ports,
            NodeMeters meters) {
        journaled =
                JournaledApplication.open(
                        program,
                        config.journal(),
                        new JournalPorts(ports.storage(), ports.time(), failStop::isTripped));
        shadowMeters = meters.shadow();
        boolean wired = false;
        NodeDoors<E, R> opened = null;
        try {
            doors = new NodeDoors<>(program, config, ports, meters);
            opened = doors;
            PipelineBuilder<E, R> builder =
                    Pipeline.builder(journaled.applier(), journaled.journal())
                            .config(config.pipeline())
                            .stages(config.stages())
                            .policy(config.policy())
                            .ports(
                                    new PipelinePorts(
                                            ports.time(),
                                            ports.threads(),
                                            ports.pinning(),
                                            admission,
                                            failStop,
                                            meters.pipeline()));
            doors.all().forEach(builder::door);
            pipeline = builder.build();
            shadow =
                    NodeShadow.isWanted(config)
                            ? NodeShadow.of(program, config, ports, this)
                            : null;
            space = new NodeSpace(config.journal(), ports, this, meters.space());
            wired = true;
        } finally {
            if (!wired) {
                if (opened != null) {
                    opened.close(null);
                }
                journaled.close();
            }
        }
    }

    /** Starts all threads but those of the caller's own stepping. */
    void start() {
        space.start();
        pipeline.start();
        if (shadow != null) {
            shadow.start();
        }
    }

    /** One lap of everything on the caller's thread; manual layout only. */
    int runOnce() {
        int work = space.runOnce() + pipeline.runOnce();
        return shadow == null ? work : work + shadow.runOnce();
    }

    /** Where everything really runs. */
    List<ThreadFacts> threads() {
        List<ThreadFacts> facts = new ArrayList<>(pipeline.threads());
        if (shadow != null) {
            facts.add(shadow.facts());
        }
        facts.add(space.facts());
        return facts;
    }

    MelinOperations<E, R> operations() {
        return doors.client;
    }

    /** Answers whoever waits, after a failure; the stages end by themselves unless one is stuck. */
    void abandon(Throwable cause) {
        admission.close(Refusal.DRAINING);
        pipeline.stop(STAGE_END_AFTER_FAILURE);
        journaled.journal().abandonRotations(cause);
        doors.close(cause);
    }

    /** Whether every request was answered and everything numbered is durable and applied. */
    boolean isDrained() {
        return doors.inFlight() == 0 && pipeline.isDrained();
    }

    /**
     * Ends all threads, answers whoever still waits, closes the files. A second call does nothing.
     *
     * @param cause why the node failed, null for an orderly stop
     */
    synchronized void close(@Nullable Throwable cause) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        boolean ended = pipeline.stop(STAGE_END);
        journaled
                .journal()
                .abandonRotations(
                        cause == null ? new IllegalStateException("node was stopped") : cause);
        doors.close(cause);
        pipeline.stopBackground(STAGE_END);
        ended &= space.stop();
        if (shadow != null) {
            ended &= shadow.stop(cause == null && !failStop.isTripped());
        }
        if (ended) {
            journaled.close();
        } else {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a stage does not end, the journal stays open and locked: threads={0}",
                    threads());
        }
    }
}
