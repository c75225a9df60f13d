package io.melin.node;

import io.melin.gateway.GatewayDoor;
import io.melin.gateway.GatewayMeters;
import io.melin.journal.DiskCounters;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.PipelineStatus;
import io.melin.retention.SpaceMeters;
import io.melin.shadow.ShadowMeters;
import io.melin.shadow.ShadowStatus;
import io.melin.trace.StageTag;
import org.jspecify.annotations.Nullable;

/**
 * What a node counts and measures, for a scraper. Counts never fall while the node lives, also over
 * stop and start; levels are those of the current run, 0 while there is none.
 *
 * <p>Threading: any; reads memory only.
 */
public final class NodeMeters {
    private final PipelineMeters pipeline;
    private final GatewayMeters gateway = new GatewayMeters();
    private final ShadowMeters shadow = new ShadowMeters();
    private final SpaceMeters space = new SpaceMeters();
    private final int inputCapacity;
    private final int outputCapacity;
    private final int callsMax;
    private volatile DiskTotals settled = new DiskTotals(0, 0, 0, 0, 0, 0, RotationTotals.NONE);
    private volatile long damagedSnapshots;
    private volatile @Nullable NodeRun<?, ?> run;

    /** Sums of the disk work of runs that have ended. */
    private record DiskTotals(
            long bytes,
            long syncs,
            long syncNs,
            long syncNsMax,
            long replayed,
            long recoveryNs,
            RotationTotals rotations) {}

    NodeMeters(MelinConfig config) {
        this.pipeline = new PipelineMeters(config.trace(), config.pipeline());
        this.inputCapacity = config.pipeline().inputSlots();
        this.outputCapacity = config.pipeline().outputSlots();
        this.callsMax = config.callsMax();
    }

    void follow(NodeRun<?, ?> opened) {
        damagedSnapshots = damagedSnapshots + opened.journaled.restored().damaged().size();
        run = opened;
    }

    /** The run has ended: its totals become part of the base. */
    synchronized void settle() {
        settled = totals();
        run = null;
    }

    private synchronized DiskTotals totals() {
        NodeRun<?, ?> running = run;
        DiskTotals base = settled;
        if (running == null) {
            return base;
        }
        DiskCounters disk = running.journaled.journal().writer().counters();
        return new DiskTotals(
                base.bytes + disk.bytesWritten().acquire(),
                base.syncs + disk.syncs().acquire(),
                base.syncNs + disk.syncNsTotal().acquire(),
                Math.max(base.syncNsMax, disk.syncNsMax().acquire()),
                base.replayed + running.journaled.journal().report().entries(),
                base.recoveryNs + running.journaled.journal().report().tookNs(),
                base.rotations.plus(disk.rotations()));
    }

    /** Events by stage, refusals, repeats, latencies. */
    public PipelineMeters pipeline() {
        return pipeline;
    }

    /** Connections and bytes of the gateway; all 0 without one. */
    public GatewayMeters gateway() {
        return gateway;
    }

    /** Snapshots; all 0 without a shadow. */
    public ShadowMeters shadow() {
        return shadow;
    }

    /** Free space, and archives deleted. */
    public SpaceMeters space() {
        return space;
    }

    /** Snapshots that starts passed over as damaged. */
    public long snapshotsDamaged() {
        return damagedSnapshots;
    }

    /** Connections that are open. */
    public int connections() {
        NodeRun<?, ?> running = run;
        GatewayDoor door = running == null ? null : running.doors.gateway;
        return door == null ? 0 : door.connections();
    }

    /** Bytes of entries written. */
    public long journalBytes() {
        return totals().bytes;
    }

    public long journalSyncs() {
        return totals().syncs;
    }

    public long journalSyncNs() {
        return totals().syncNs;
    }

    /** The longest sync so far. */
    public long journalSyncNsMax() {
        return totals().syncNsMax;
    }

    /** Events replayed by recoveries. */
    public long replayedEvents() {
        return totals().replayed;
    }

    public long recoveryNs() {
        return totals().recoveryNs;
    }

    /** Rotations of the live segment. */
    public RotationTotals rotations() {
        return totals().rotations;
    }

    /** How long the batch at the disk has been there; 0 if there is none. */
    public long journalInFlightNs(long tickerNs) {
        NodeRun<?, ?> running = run;
        return running == null
                ? 0
                : running.journaled.journal().writer().counters().inFlightNs(tickerNs);
    }

    /** The last sequence that a completed sync covers. */
    public long durableSequence() {
        PipelineStatus status = status();
        return status == null ? 0 : status.durable();
    }

    /** Events that were numbered and have not passed {@code stage}. */
    public long lag(StageTag stage) {
        PipelineStatus status = status();
        if (status == null) {
            return 0;
        }
        long passed =
                switch (stage) {
                    case JOURNAL -> status.framed();
                    case DISK -> status.durable();
                    case APPLICATION -> status.applied();
                    case SHADOW ->
                            shadow.status().phase() == ShadowStatus.Phase.OFF
                                    ? status.stamped()
                                    : shadow.appliedSequence();
                    case INGRESS, RESPONSE -> status.stamped();
                };
        return Math.max(0, status.stamped() - passed);
    }

    public int inputUsed() {
        PipelineStatus status = status();
        return status == null ? 0 : status.inputUsed();
    }

    public int outputUsed() {
        PipelineStatus status = status();
        return status == null ? 0 : status.outputUsed();
    }

    public int inputCapacity() {
        return inputCapacity;
    }

    public int outputCapacity() {
        return outputCapacity;
    }

    /** Calls of this process in flight. */
    public int calls() {
        NodeRun<?, ?> running = run;
        return running == null ? 0 : running.doors.local.inFlight();
    }

    public int callsMax() {
        return callsMax;
    }

    /** Tenure of the primary, 0 before any promotion. */
    public long epoch() {
        NodeRun<?, ?> running = run;
        return running == null ? 0 : running.journaled.journal().report().epoch();
    }

    private @Nullable PipelineStatus status() {
        NodeRun<?, ?> running = run;
        return running == null ? null : running.pipeline.status();
    }
}
