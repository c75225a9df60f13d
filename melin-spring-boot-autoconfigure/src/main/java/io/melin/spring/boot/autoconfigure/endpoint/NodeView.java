package io.melin.spring.boot.autoconfigure.endpoint;

import io.melin.health.StateChange;
import io.melin.journal.RecoveryReport;
import io.melin.journal.RotationResult;
import io.melin.node.MelinNode;
import io.melin.node.NodeMeters;
import io.melin.node.NodeStatus;
import io.melin.node.RotationTotals;
import io.melin.pipeline.PipelineStatus;
import io.melin.retention.SpaceMeters;
import io.melin.shadow.ShadowStatus;
import io.melin.stage.StageRunner;
import io.melin.stage.ThreadFacts;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the endpoint shows, section by section; the names are a contract with operators. */
final class NodeView {
    private static final long NS_PER_SECOND = 1_000_000_000;

    private NodeView() {}

    static Map<String, Object> sections(MelinNode<?, ?> node) {
        NodeStatus status = node.status();
        NodeStatus.Run run = status.run();
        StateChange state = status.state();
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("state", state.state().name());
        sections.put("since", instant(state.sinceEpochNs()));
        sections.put("reason", state.reason());
        if (state.cause() != null) {
            sections.put("failure", state.cause().toString());
        }
        sections.put("role", status.role());
        sections.put("epoch", run == null ? 0 : run.epoch());
        sections.put("policy", status.policy());
        sections.put("cursors", run == null ? Map.of() : cursors(run.cursors()));
        sections.put("rings", rings(node.meters()));
        sections.put("calls", used(node.meters().calls(), status.callsMax()));
        sections.put("gateway", gateway(run == null ? null : run.gateway()));
        sections.put("journal", run == null ? Map.of() : journal(run.journal()));
        sections.put("snapshot", run == null ? Map.of() : snapshot(run.snapshot(), node.meters()));
        if (run != null) {
            sections.put("cpuLatency", run.cpuLatency().name());
        }
        sections.put("threads", run == null ? List.of() : threads(run.threads()));
        return sections;
    }

    static Instant instant(long epochNs) {
        return Instant.ofEpochSecond(epochNs / NS_PER_SECOND, epochNs % NS_PER_SECOND);
    }

    private static Map<String, Object> cursors(PipelineStatus cursors) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("stamped", cursors.stamped());
        view.put("framed", cursors.framed());
        view.put("durable", cursors.durable());
        view.put("applied", cursors.applied());
        return view;
    }

    private static Map<String, Object> rings(NodeMeters meters) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("input", used(meters.inputUsed(), meters.inputCapacity()));
        view.put("output", used(meters.outputUsed(), meters.outputCapacity()));
        return view;
    }

    private static Map<String, Object> used(int used, int capacity) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("used", used);
        view.put("capacity", capacity);
        return view;
    }

    private static Map<String, Object> gateway(NodeStatus.@Nullable GatewayStatus gateway) {
        if (gateway == null) {
            return Map.of();
        }
        Map<String, Object> view = new LinkedHashMap<>();
        InetAddress host = gateway.address().getAddress();
        view.put(
                "address",
                host == null ? gateway.address().getHostString() : host.getHostAddress());
        view.put("port", gateway.address().getPort());
        view.put("transport", gateway.transport().toString());
        view.put("connections", used(gateway.connections(), gateway.connectionsMax()));
        view.put("authentication", gateway.isAuthenticated());
        view.put("tls", gateway.isEncrypted());
        return view;
    }

    private static Map<String, Object> journal(NodeStatus.JournalStatus journal) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("directory", journal.directory());
        view.put("lineage", journal.recovery().lineage());
        view.put("durableSequence", journal.durable().sequence());
        view.put("segment", journal.durable().segment());
        view.put("offset", journal.durable().offset());
        view.put("bytesWritten", journal.bytesWritten());
        view.put("syncs", journal.syncs());
        view.put("rotations", rotations(journal.rotations()));
        view.put("segmentsReady", journal.segmentsReady());
        view.put("space", space(journal.space()));
        view.put("recovery", recovery(journal.recovery()));
        return view;
    }

    private static Map<String, Object> space(NodeStatus.SpaceStatus space) {
        Map<String, Object> view = new LinkedHashMap<>();
        putIfKnown(
                view,
                "freeBytes",
                space.freeBytes() == SpaceMeters.UNKNOWN ? null : space.freeBytes());
        view.put("freeBytesMin", space.freeBytesMin());
        view.put("low", space.isLow());
        return view;
    }

    private static Map<String, Object> rotations(RotationTotals rotations) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("fast", rotations.fast());
        view.put("fallback", rotations.fallback());
        view.put("failed", rotations.failed());
        return view;
    }

    /** What a rotation came to. */
    static Map<String, Object> rotation(RotationResult result) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        view.put("segment", result.segment());
        view.put("lastSequence", result.lastSequence());
        return view;
    }

    private static Map<String, Object> recovery(RecoveryReport recovery) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("created", recovery.isCreated());
        view.put("afterSequence", recovery.replayed().afterSequence());
        view.put("entries", recovery.entries());
        view.put("lastSequence", recovery.lastSequence());
        view.put("took", Duration.ofNanos(recovery.tookNs()));
        view.put("droppedBytes", recovery.tail().droppedBytes());
        view.put("notes", recovery.tail().notes());
        return view;
    }

    private static Map<String, Object> snapshot(
            NodeStatus.SnapshotStatus snapshot, NodeMeters meters) {
        ShadowStatus shadow = snapshot.shadow();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("exists", shadow.sequence() > 0);
        view.put("sequence", shadow.sequence());
        if (shadow.sequence() > 0) {
            view.put("time", instant(shadow.timeNs()));
        }
        view.put("shadow", shadow.phase().name());
        view.put("shadowSequence", snapshot.appliedSequence());
        view.put("dueFor", Duration.ofNanos(snapshot.dueForNs()));
        view.put("late", snapshot.isLate());
        view.put("saves", meters.shadow().saves());
        view.put("failures", meters.shadow().failures());
        view.put("damaged", meters.snapshotsDamaged());
        putIfKnown(view, "lastFailure", shadow.lastFailure());
        putIfKnown(view, "alarm", shadow.alarm() == null ? null : shadow.alarm().toString());
        return view;
    }

    private static List<Map<String, Object>> threads(List<ThreadFacts> threads) {
        return threads.stream().map(NodeView::thread).toList();
    }

    private static Map<String, Object> thread(ThreadFacts thread) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", thread.name());
        view.put("stages", thread.stages());
        view.put("tid", thread.tid());
        putIfKnown(view, "core", core(thread.coreWished()));
        view.put("coresAllowed", thread.coresAllowed());
        putIfKnown(view, "pinRefusal", thread.pinRefusal());
        return view;
    }

    private static @Nullable Integer core(int wished) {
        return wished == StageRunner.ANY_CORE ? null : wished;
    }

    private static void putIfKnown(Map<String, Object> view, String key, @Nullable Object value) {
        if (value != null) {
            view.put(key, value);
        }
    }
}
