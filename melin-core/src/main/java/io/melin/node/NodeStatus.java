package io.melin.node;

import io.melin.gateway.GatewayDoor;
import io.melin.gateway.TransportKind;
import io.melin.health.StateChange;
import io.melin.journal.DiskCounters;
import io.melin.journal.DurableProgress;
import io.melin.journal.Journal;
import io.melin.journal.RecoveryReport;
import io.melin.pipeline.PipelineStatus;
import io.melin.retention.SpaceMeters;
import io.melin.shadow.ShadowMeters;
import io.melin.shadow.ShadowStatus;
import io.melin.stage.CpuLatencyRequest;
import io.melin.stage.ThreadFacts;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node is doing, read from memory only.
 *
 * @param role which part it plays among its peers; a node without peers is {@code standalone}
 * @param run null while no pipeline runs
 */
public record NodeStatus(
        StateChange state, String role, String policy, int callsMax, @Nullable Run run) {

    private static final String STANDALONE = "standalone";

    /**
     * The current run.
     *
     * @param epoch tenure of the primary, 0 before any promotion
     * @param calls submits and queries in flight
     * @param cursors how far each stage is
     * @param snapshot of the state, and who takes them
     * @param threads where each stage really runs
     * @param cpuLatency whether cores were asked not to sleep, and do not
     * @param gateway null without one
     */
    public record Run(
            long epoch,
            int calls,
            PipelineStatus cursors,
            JournalStatus journal,
            SnapshotStatus snapshot,
            List<ThreadFacts> threads,
            CpuLatencyRequest.State cpuLatency,
            @Nullable GatewayStatus gateway) {}

    /**
     * @param address where clients connect to, as bound
     * @param transport that serves its sockets
     * @param connections that are open
     * @param connectionsMax that may be open
     * @param isAuthenticated whether clients must sign with a key that is known
     * @param isEncrypted whether they speak TLS
     */
    public record GatewayStatus(
            InetSocketAddress address,
            TransportKind transport,
            int connections,
            int connectionsMax,
            boolean isAuthenticated,
            boolean isEncrypted) {}

    /**
     * @param durable last durable entry and where it ends
     * @param bytesWritten of entries, in this run
     * @param syncs completed, in this run
     * @param rotations of the live segment, in this run
     * @param segmentsReady zeroed, that wait to become the live segment
     * @param space of its volume
     * @param recovery what opening found
     */
    public record JournalStatus(
            String directory,
            DurableProgress durable,
            long bytesWritten,
            long syncs,
            RotationTotals rotations,
            int segmentsReady,
            SpaceStatus space,
            RecoveryReport recovery) {}

    /**
     * @param freeBytes that the volume can still give, {@link SpaceMeters#UNKNOWN} if it does not
     *     tell
     * @param freeBytesMin below which no event is taken, 0 for none
     * @param isLow whether events are refused for want of space
     */
    public record SpaceStatus(long freeBytes, long freeBytesMin, boolean isLow) {}

    /**
     * @param shadow what it does, and which snapshot is the newest
     * @param appliedSequence how far the shadow is
     * @param dueForNs how long a snapshot has been due, 0 if none is
     * @param isLate whether that is longer than the interval in which there should be one
     */
    public record SnapshotStatus(
            ShadowStatus shadow, long appliedSequence, long dueForNs, boolean isLate) {}

    static NodeStatus of(
            StateChange state, MelinConfig config, @Nullable NodeRun<?, ?> run, long tickerNs) {
        return new NodeStatus(
                state,
                STANDALONE,
                config.policy().toString(),
                config.callsMax(),
                run == null ? null : status(run, config, tickerNs));
    }

    private static Run status(NodeRun<?, ?> run, MelinConfig config, long tickerNs) {
        Journal journal = run.journaled.journal();
        DiskCounters disk = journal.writer().counters();
        JournalStatus journalStatus =
                new JournalStatus(
                        config.journal().directory().toString(),
                        journal.writer().durableProgress(),
                        disk.bytesWritten().acquire(),
                        disk.syncs().acquire(),
                        RotationTotals.NONE.plus(disk.rotations()),
                        journal.preparer().spares(),
                        space(run.space.meters(), config),
                        journal.report());
        return new Run(
                journal.report().epoch(),
                run.doors.local.inFlight(),
                run.pipeline.status(),
                journalStatus,
                snapshot(run.shadowMeters, config, tickerNs),
                run.threads(),
                run.pipeline.cpuLatency(),
                gateway(run.doors.gateway, config.gateway()));
    }

    private static SpaceStatus space(SpaceMeters meters, MelinConfig config) {
        return new SpaceStatus(meters.freeBytes(), config.journal().freeBytesMin(), meters.isLow());
    }

    private static SnapshotStatus snapshot(ShadowMeters meters, MelinConfig config, long tickerNs) {
        long dueForNs = meters.dueForNs(tickerNs);
        return new SnapshotStatus(
                meters.status(),
                meters.appliedSequence(),
                dueForNs,
                dueForNs > config.snapshots().interval().toNanos());
    }

    private static @Nullable GatewayStatus gateway(
            @Nullable GatewayDoor door, @Nullable GatewaySetup setup) {
        return door == null || setup == null
                ? null
                : new GatewayStatus(
                        door.address(),
                        door.transport(),
                        door.connections(),
                        setup.config().limits().connections(),
                        setup.keys() != null,
                        setup.tls() != null);
    }
}
