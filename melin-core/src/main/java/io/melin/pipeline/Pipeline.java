package io.melin.pipeline;

import io.melin.apply.EventApplier;
import io.melin.durability.Policy;
import io.melin.journal.Journal;
import io.melin.journal.RotationResult;
import io.melin.stage.CpuLatencyRequest;
import io.melin.stage.StageRunner;
import io.melin.stage.ThreadFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One node's stages, wired and given threads: from the doors through ring, journal and application
 * to the gate and back.
 *
 * <p>A pipeline is used once: {@link #start} (or {@link #runOnce} for the manual layout), {@link
 * #stop}. It neither opens nor closes the journal.
 *
 * <p>Threading: control methods from one thread at a time; what reports, from any.
 */
public final class Pipeline {
    private final Assembly assembly;
    private final boolean keepsAwake;
    private final CpuLatencyRequest cores = new CpuLatencyRequest(CpuLatencyRequest.DEVICE);

    /**
     * @param keepsAwake whether cores may not sleep from {@link #start} to {@link #stop}
     */
    Pipeline(Assembly assembly, boolean keepsAwake) {
        this.assembly = assembly;
        this.keepsAwake = keepsAwake;
    }

    /** Begins a pipeline that goes on where a recovered journal and its applier stand. */
    public static <E, R> PipelineBuilder<E, R> builder(
            EventApplier<E, R> applier, Journal journal) {
        return new PipelineBuilder<>(applier, journal);
    }

    /** Starts all threads. */
    public void start() {
        if (keepsAwake) {
            cores.begin();
        }
        assembly.background().forEach(StageRunner::start);
        assembly.runners().forEach(StageRunner::start);
    }

    /**
     * One lap of every stage on the caller's thread; manual layout only.
     *
     * @return items done
     */
    public int runOnce() {
        int work = 0;
        for (StageRunner runner : assembly.runners()) {
            work += runner.runOnce();
        }
        for (StageRunner runner : assembly.background()) {
            work += runner.runOnce();
        }
        return work;
    }

    /**
     * One lap of one stage on the caller's thread; manual layout only. In which order stages get on
     * is for the caller to choose, as it is for a scheduler.
     *
     * @param stage one of {@link StageConfig#STAGES}, or a stage of the background
     * @return items done
     */
    public int step(String stage) {
        for (List<StageRunner> runners : List.of(assembly.runners(), assembly.background())) {
            for (StageRunner runner : runners) {
                if (runner.facts().stages().contains(stage)) {
                    return runner.runOnce();
                }
            }
        }
        throw new IllegalArgumentException(
                "no such stage: stage=" + stage + ", stages=" + StageConfig.STAGES);
    }

    /**
     * Wants the live segment of the journal to become an archive; see {@link Journal#rotate}.
     * Threading: any.
     */
    public CompletableFuture<RotationResult> rotate() {
        return assembly.rotation().get();
    }

    /** Whether everything that was numbered is durable, applied and answered. */
    public boolean isDrained() {
        PipelineStatus status = status();
        return status.durable() == status.stamped()
                && status.applied() == status.stamped()
                && assembly.input().used() == 0
                && assembly.output().used() == 0;
    }

    /**
     * Ends the stages and waits for their threads, also on an interrupted thread.
     *
     * @return false if one still runs after {@code timeout}: it is stuck in a write or sync
     */
    public boolean stop(Duration timeout) {
        boolean isEnded = end(assembly.runners(), timeout);
        cores.close();
        return isEnded;
    }

    /** Ends the stages behind the doors; call after the doors were closed. */
    public boolean stopBackground(Duration timeout) {
        return end(assembly.background(), timeout);
    }

    private boolean end(List<StageRunner> runners, Duration timeout) {
        runners.forEach(StageRunner::stop);
        boolean ended = true;
        for (StageRunner runner : runners) {
            if (assembly.isManual()) {
                runner.runOnce();
            }
            ended &= runner.joinUninterruptibly(timeout);
        }
        return ended;
    }

    /** The policy in force. */
    public Policy policy() {
        return assembly.gate().policy();
    }

    /** How far each part is. */
    public PipelineStatus status() {
        return PipelineStatus.of(assembly);
    }

    /** Whether the caller steps it. */
    public boolean isManual() {
        return assembly.isManual();
    }

    /** Whether cores were asked not to sleep, and do not. */
    public CpuLatencyRequest.State cpuLatency() {
        return cores.state();
    }

    /** Where every stage really runs. */
    public List<ThreadFacts> threads() {
        List<ThreadFacts> facts = new ArrayList<>();
        assembly.runners().forEach(runner -> facts.add(runner.facts()));
        assembly.background().forEach(runner -> facts.add(runner.facts()));
        return facts;
    }

    /** The runners of the hot path, for heartbeats and laps. */
    public List<StageRunner> runners() {
        return assembly.runners();
    }
}
