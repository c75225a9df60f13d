package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.app.Refusal;
import io.melin.gateway.Drop;
import io.melin.health.NodeState;
import io.melin.node.MelinNode;
import io.melin.node.NodeMeters;
import io.melin.node.RotationTotals;
import io.melin.retention.SpaceMeters;
import io.melin.shadow.ShadowStatus;
import io.melin.time.TimeSource;
import io.melin.trace.StageTag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Binds all meters but the histograms as functions: a scrape reads memory, and no stage ever calls
 * a registry.
 *
 * <p>A registry holds what it reads weakly; the node is held by its context.
 */
public final class MelinMeterBinder implements MeterBinder {
    private static final double NS_PER_SECOND = 1e9;

    /** The stages that have a cursor of their own behind the stamp. */
    private static final List<StageTag> LAGGING =
            List.of(StageTag.JOURNAL, StageTag.DISK, StageTag.APPLICATION, StageTag.SHADOW);

    private final MelinNode<?, ?> node;
    private final TimeSource time;
    private final Tags common;

    /**
     * @param pipeline value of the tag that all meters have
     */
    MelinMeterBinder(MelinNode<?, ?> node, TimeSource time, String pipeline) {
        this.node = node;
        this.time = time;
        this.common = Tags.of(MelinMeter.PIPELINE, pipeline);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindNode(registry);
        bindStages(registry);
        bindRequests(registry);
        bindGateway(registry);
        bindJournal(registry);
        bindSnapshots(registry);
    }

    private void bindNode(MeterRegistry registry) {
        for (NodeState state : NodeState.values()) {
            gauge(
                    registry,
                    MelinMeter.STATE,
                    tag("state", state.name().toLowerCase(Locale.ROOT)),
                    node -> node.state().state() == state ? 1 : 0);
        }
        gauge(registry, MelinMeter.ROLE, tag("role", node.status().role()), node -> 1);
        gauge(registry, MelinMeter.EPOCH, common, node -> node.meters().epoch());
    }

    private void bindStages(MeterRegistry registry) {
        for (StageTag stage : StageTag.TRACED) {
            counter(
                    registry,
                    MelinMeter.STAGE_EVENTS,
                    tag("stage", stage.text()),
                    meters -> meters.pipeline().events(stage));
        }
        for (StageTag stage : LAGGING) {
            gauge(
                    registry,
                    MelinMeter.STAGE_LAG,
                    tag("stage", stage.text()),
                    node -> node.meters().lag(stage));
        }
        counter(
                registry,
                MelinMeter.TRACE_DISCARDED,
                common,
                meters -> meters.pipeline().latency().discarded());
        Tags input = tag("ring", "input");
        Tags output = tag("ring", "output");
        gauge(registry, MelinMeter.RING_USED, input, node -> node.meters().inputUsed());
        gauge(registry, MelinMeter.RING_USED, output, node -> node.meters().outputUsed());
        gauge(registry, MelinMeter.RING_CAPACITY, input, node -> node.meters().inputCapacity());
        gauge(registry, MelinMeter.RING_CAPACITY, output, node -> node.meters().outputCapacity());
    }

    private void bindRequests(MeterRegistry registry) {
        gauge(registry, MelinMeter.CALLS_ACTIVE, common, node -> node.meters().calls());
        gauge(registry, MelinMeter.CALLS_MAX, common, node -> node.meters().callsMax());
        for (Refusal refusal : Refusal.values()) {
            counter(
                    registry,
                    MelinMeter.SUBMIT_REJECTED,
                    tag("reason", refusal.name().toLowerCase(Locale.ROOT)),
                    meters -> meters.pipeline().refused(refusal));
        }
        counter(
                registry,
                MelinMeter.SUBMIT_DUPLICATES,
                common,
                meters -> meters.pipeline().duplicates());
        counter(
                registry,
                MelinMeter.APPLICATION_REJECTED,
                common,
                meters -> meters.pipeline().rejections());
    }

    private void bindGateway(MeterRegistry registry) {
        gauge(registry, MelinMeter.CONNECTIONS_ACTIVE, common, node -> node.meters().connections());
        counter(
                registry,
                MelinMeter.CONNECTIONS_ACCEPTED,
                common,
                meters -> meters.gateway().accepted());
        counter(
                registry,
                MelinMeter.INGRESS_RECEIVED,
                common,
                meters -> meters.gateway().bytesReceived());
        counter(registry, MelinMeter.EGRESS_SENT, common, meters -> meters.gateway().bytesSent());
        for (Drop reason : Drop.values()) {
            counter(
                    registry,
                    MelinMeter.EGRESS_DROPPED,
                    tag("reason", reason.name().toLowerCase(Locale.ROOT)),
                    meters -> meters.gateway().drops(reason));
        }
    }

    private void bindJournal(MeterRegistry registry) {
        gauge(
                registry,
                MelinMeter.JOURNAL_SEQUENCE,
                common,
                node -> node.meters().durableSequence());
        counter(registry, MelinMeter.JOURNAL_WRITTEN, common, NodeMeters::journalBytes);
        timer(
                registry,
                MelinMeter.JOURNAL_SYNC,
                NodeMeters::journalSyncs,
                NodeMeters::journalSyncNs);
        timeGauge(registry, MelinMeter.JOURNAL_SYNC_MAX, NodeMeters::journalSyncNsMax);
        timeGauge(
                registry,
                MelinMeter.JOURNAL_SYNC_PENDING,
                meters -> meters.journalInFlightNs(time.tickerNs()));
        rotations(registry, "fast", RotationTotals::fast);
        rotations(registry, "fallback", RotationTotals::fallback);
        rotations(registry, "failed", RotationTotals::failed);
        gauge(registry, MelinMeter.JOURNAL_FREE, common, node -> free(node.meters().space()));
        gauge(
                registry,
                MelinMeter.JOURNAL_SPACE_LOW,
                common,
                node -> node.meters().space().isLow() ? 1 : 0);
        counter(
                registry,
                MelinMeter.JOURNAL_ARCHIVES_DELETED,
                common,
                meters -> meters.space().trimmed());
        counter(registry, MelinMeter.RECOVERY_EVENTS, common, NodeMeters::replayedEvents);
        counter(
                registry,
                MelinMeter.RECOVERY_TIME,
                common,
                meters -> meters.recoveryNs() / NS_PER_SECOND);
    }

    private static double free(SpaceMeters space) {
        long bytes = space.freeBytes();
        return bytes == SpaceMeters.UNKNOWN ? Double.NaN : bytes;
    }

    private void rotations(
            MeterRegistry registry, String path, ToDoubleFunction<RotationTotals> value) {
        counter(
                registry,
                MelinMeter.JOURNAL_ROTATIONS,
                tag("path", path),
                meters -> value.applyAsDouble(meters.rotations()));
    }

    private void bindSnapshots(MeterRegistry registry) {
        gauge(
                registry,
                MelinMeter.SNAPSHOT_SEQUENCE,
                common,
                node -> node.meters().shadow().status().sequence());
        timeGauge(registry, MelinMeter.SNAPSHOT_AGE, this::snapshotAgeNs);
        timeGauge(
                registry,
                MelinMeter.SNAPSHOT_DUE,
                meters -> meters.shadow().dueForNs(time.tickerNs()));
        timer(
                registry,
                MelinMeter.SNAPSHOT_DURATION,
                meters -> meters.shadow().saves(),
                meters -> meters.shadow().saveNs());
        counter(
                registry,
                MelinMeter.SNAPSHOT_FAILURES,
                common,
                meters -> meters.shadow().failures());
        counter(registry, MelinMeter.SNAPSHOT_DAMAGED, common, NodeMeters::snapshotsDamaged);
        gauge(
                registry,
                MelinMeter.SNAPSHOT_STOPPED,
                common,
                node ->
                        node.meters().shadow().status().phase() == ShadowStatus.Phase.STOPPED
                                ? 1
                                : 0);
    }

    private double snapshotAgeNs(NodeMeters meters) {
        ShadowStatus shadow = meters.shadow().status();
        return shadow.sequence() == 0 ? 0 : Math.max(0, time.epochNs() - shadow.timeNs());
    }

    private Tags tag(String key, String value) {
        return common.and(key, value);
    }

    private void gauge(
            MeterRegistry registry,
            MelinMeter meter,
            Tags tags,
            ToDoubleFunction<MelinNode<?, ?>> value) {
        Gauge.builder(meter.meterName(), node, value)
                .tags(tags)
                .description(meter.meaning())
                .baseUnit(meter.unit())
                .register(registry);
    }

    private void counter(
            MeterRegistry registry,
            MelinMeter meter,
            Tags tags,
            ToDoubleFunction<NodeMeters> value) {
        FunctionCounter.builder(meter.meterName(), node.meters(), value)
                .tags(tags)
                .description(meter.meaning())
                .baseUnit(meter.unit())
                .register(registry);
    }

    private void timer(
            MeterRegistry registry,
            MelinMeter meter,
            ToLongFunction<NodeMeters> count,
            ToDoubleFunction<NodeMeters> ns) {
        FunctionTimer.builder(meter.meterName(), node.meters(), count, ns, TimeUnit.NANOSECONDS)
                .tags(common)
                .description(meter.meaning())
                .register(registry);
    }

    private void timeGauge(
            MeterRegistry registry, MelinMeter meter, ToDoubleFunction<NodeMeters> ns) {
        TimeGauge.builder(meter.meterName(), node.meters(), TimeUnit.NANOSECONDS, ns)
                .tags(common)
                .description(meter.meaning())
                .register(registry);
    }
}
