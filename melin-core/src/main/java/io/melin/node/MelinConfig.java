package io.melin.node;

import io.melin.durability.Policy;
import io.melin.journal.JournalConfig;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.StageConfig;
import io.melin.pipeline.TraceConfig;
import io.melin.shadow.SnapshotConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set about a node.
 *
 * @param journal where and how events are kept; its versions are overwritten by those of the codec
 *     and the application
 * @param snapshots when the state is saved, and by whom
 * @param pipeline sizes of the rings
 * @param stages threads and cores
 * @param policy which copies must exist before an answer leaves
 * @param trace which events are traced
 * @param limits what is refused, and what counts as a failure
 * @param gateway the door for clients on sockets; null for none
 */
public record MelinConfig(
        JournalConfig journal,
        SnapshotConfig snapshots,
        PipelineConfig pipeline,
        StageConfig stages,
        Policy policy,
        TraceConfig trace,
        Limits limits,
        @Nullable GatewaySetup gateway) {

    public static final int CALLS_MAX = 1_024;
    public static final Duration STALL_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Bounds of a running node.
     *
     * @param callsMax submits and queries of this process that may be in flight
     * @param stallTimeout how long a stage may stand still with work at hand before the node fails
     */
    public record Limits(int callsMax, Duration stallTimeout) {
        public static final Limits DEFAULT = new Limits(CALLS_MAX, STALL_TIMEOUT);

        public Limits {
            if (callsMax < 1) {
                throw new IllegalArgumentException(
                        "callsMax must be 1 or more: callsMax=" + callsMax);
            }
            if (stallTimeout.compareTo(Duration.ofMillis(10)) < 0) {
                throw new IllegalArgumentException(
                        "stallTimeout must be 10 ms or more: stallTimeout=" + stallTimeout);
            }
        }
    }

    public int callsMax() {
        return limits.callsMax();
    }

    public Duration stallTimeout() {
        return limits.stallTimeout();
    }

    /** All defaults, with the journal in {@code directory}. */
    public static MelinConfig of(Path directory) {
        return new MelinConfig(
                JournalConfig.of(directory, 1, 1),
                SnapshotConfig.DEFAULT,
                PipelineConfig.DEFAULT,
                StageConfig.DEFAULT,
                Policy.DISK,
                TraceConfig.DEFAULT,
                Limits.DEFAULT,
                null);
    }

    public MelinConfig withJournal(JournalConfig journal) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }

    public MelinConfig withPipeline(PipelineConfig pipeline) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }

    public MelinConfig withStages(StageConfig stages) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }

    public MelinConfig withPolicy(Policy policy) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }

    public MelinConfig withTrace(TraceConfig trace) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }

    public MelinConfig withCallsMax(int callsMax) {
        return withLimits(new Limits(callsMax, stallTimeout()));
    }

    public MelinConfig withStallTimeout(Duration stallTimeout) {
        return withLimits(new Limits(callsMax(), stallTimeout));
    }

    public MelinConfig withLimits(Limits limits) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }

    public MelinConfig withSnapshots(SnapshotConfig snapshots) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }

    public MelinConfig withGateway(@Nullable GatewaySetup gateway) {
        return new MelinConfig(
                journal, snapshots, pipeline, stages, policy, trace, limits, gateway);
    }
}
