package io.melin.spring.boot.autoconfigure;

import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.atLeast;
import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.check;
import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.invalid;
import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.path;

import io.melin.durability.Policy;
import io.melin.journal.JournalConfig;
import io.melin.journal.Retention;
import io.melin.journal.Skip;
import io.melin.journal.Versions;
import io.melin.node.MelinConfig;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.StageConfig;
import io.melin.pipeline.TraceConfig;
import io.melin.shadow.SnapshotConfig;
import io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck;
import io.melin.stage.Layout;
import io.melin.warmup.Rehearsal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Turns properties into the node's configuration. */
final class NodeConfigs {
    private static final int STANDALONE_NODES = 1;
    private static final long UNSYNCED_BYTES_MAX = JournalConfig.UNSYNCED_BYTES_MAX;
    private static final int PAYLOAD_BYTES_LIMIT = 16 << 20;
    private static final int ENTRY_OVERHEAD_BYTES_MAX = 4096;
    private static final Duration STALL_TIMEOUT_MIN = Duration.ofMillis(10);
    private static final Duration INTERVAL_MIN = Duration.ofMillis(1);
    private static final Duration INTERVAL_MAX = Duration.ofDays(365);
    private static final Duration RETENTION_MAX = Duration.ofDays(36_500);

    private NodeConfigs() {}

    static MelinConfig of(
            MelinProperties node,
            MelinSnapshotProperties snapshot,
            MelinTraceProperties trace,
            MelinFailureProperties failure) {
        return new MelinConfig(
                journal(node),
                snapshots(snapshot),
                pipeline(node),
                stages(node.stages()),
                policy(node.durability().policy()),
                trace(trace),
                new MelinConfig.Limits(
                        atLeast("melin.pipeline.in-flight", node.pipeline().inFlight(), 1),
                        stallTimeout(failure.stallTimeout())),
                null);
    }

    private static SnapshotConfig snapshots(MelinSnapshotProperties snapshot) {
        check(
                snapshot.interval().compareTo(INTERVAL_MIN) >= 0
                        && snapshot.interval().compareTo(INTERVAL_MAX) <= 0,
                "melin.snapshot.interval",
                snapshot.interval(),
                "must be 1ms to 365d");
        check(
                snapshot.entries() >= 1,
                "melin.snapshot.entries",
                snapshot.entries(),
                "must be 1 or more");
        check(
                snapshot.bytes().toBytes() >= 1,
                "melin.snapshot.bytes",
                snapshot.bytes(),
                "must be 1B or more");
        return new SnapshotConfig(
                snapshot.shadow(),
                snapshot.interval(),
                snapshot.entries(),
                snapshot.bytes().toBytes(),
                atLeast("melin.snapshot.keep", snapshot.keep(), 2));
    }

    private static JournalConfig journal(MelinProperties node) {
        MelinProperties.Journal journal = node.journal();
        int payloadBytes = payloadBytes(node.payload().max());
        check(
                journal.name().matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"),
                "melin.journal.name",
                journal.name(),
                "must be a plain file name of letters, digits, '.', '_' and '-'");
        int frameBytes = powerOfTwo("melin.journal.frame-buffer", journal.frameBuffer());
        check(
                frameBytes >= 2 * (payloadBytes + ENTRY_OVERHEAD_BYTES_MAX)
                        && frameBytes <= UNSYNCED_BYTES_MAX,
                "melin.journal.frame-buffer",
                journal.frameBuffer(),
                "must hold two entries of melin.payload.max="
                        + node.payload().max()
                        + " and be at most "
                        + DataSize.ofBytes(UNSYNCED_BYTES_MAX));
        return new JournalConfig(
                path("melin.journal.directory", journal.directory()),
                journal.name(),
                segments(journal, frameBytes),
                frameBytes,
                UNSYNCED_BYTES_MAX,
                payloadBytes,
                Versions.of(1, 1),
                skip(journal.skip()));
    }

    private static JournalConfig.Segments segments(
            MelinProperties.Journal journal, int frameBytes) {
        long segment = journal.segmentSize().toBytes();
        check(
                segment == 0 || segment >= JournalConfig.SEGMENT_BYTES_MIN,
                "melin.journal.segment-size",
                journal.segmentSize(),
                "must be 0 or at least " + DataSize.ofBytes(JournalConfig.SEGMENT_BYTES_MIN));
        long prezeroed = journal.prezeroed().toBytes();
        check(
                prezeroed >= 4096 && prezeroed % 4096 == 0,
                "melin.journal.prezeroed",
                journal.prezeroed(),
                "must be a multiple of 4KB");
        JournalConfig.Segments segments =
                new JournalConfig.Segments(
                        segment,
                        prezeroed,
                        JournalConfig.Segments.FREE_AUTO,
                        retention(journal.retention()));
        DataSize freeMin = journal.freeSpaceMin();
        return freeMin == null
                ? segments
                : segments.withFreeBytesMin(
                        freeBytesMin(freeMin, segments.onItsWayBytes(frameBytes)));
    }

    private static long freeBytesMin(DataSize min, long onItsWay) {
        check(
                min.toBytes() == 0 || min.toBytes() >= onItsWay,
                "melin.journal.free-space-min",
                min,
                "must be 0 or at least melin.journal.frame-buffer and the part of prezeroed that"
                        + " fits into one segment, "
                        + DataSize.ofBytes(onItsWay));
        return min.toBytes();
    }

    private static @Nullable Skip skip(@Nullable String text) {
        try {
            return text == null ? null : Skip.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid("melin.journal.skip", text, String.valueOf(e.getMessage()));
        }
    }

    private static Retention retention(MelinProperties.Retention retention) {
        check(
                !retention.size().isNegative(),
                "melin.journal.retention.size",
                retention.size(),
                "must not be negative");
        check(
                !retention.age().isNegative() && retention.age().compareTo(RETENTION_MAX) <= 0,
                "melin.journal.retention.age",
                retention.age(),
                "must be 0 to 36500d");
        return new Retention(retention.size().toBytes(), retention.age(), retention.copiedOnly());
    }

    private static int payloadBytes(DataSize max) {
        check(
                max.toBytes() >= 1 && max.toBytes() <= PAYLOAD_BYTES_LIMIT,
                "melin.payload.max",
                max,
                "must be 1B to " + DataSize.ofBytes(PAYLOAD_BYTES_LIMIT));
        return (int) max.toBytes();
    }

    private static PipelineConfig pipeline(MelinProperties node) {
        MelinProperties.Pipeline pipeline = node.pipeline();
        return new PipelineConfig(
                powerOfTwo("melin.pipeline.input-slots", pipeline.inputSlots()),
                arena("melin.pipeline.input-buffer", pipeline.inputBuffer(), node.payload()),
                powerOfTwo("melin.pipeline.output-slots", pipeline.outputSlots()),
                arena("melin.pipeline.output-buffer", pipeline.outputBuffer(), node.payload()));
    }

    private static int arena(String name, DataSize size, MelinProperties.Payload payload) {
        int bytes = powerOfTwo(name, size);
        check(
                bytes >= 2 * payload.max().toBytes(),
                name,
                size,
                "must be at least twice melin.payload.max=" + payload.max());
        return bytes;
    }

    static Rehearsal.Limits limits(MelinWarmUpProperties warmUp) {
        return new Rehearsal.Limits(
                PropertyCheck.notNegative("melin.warm-up.time-max", warmUp.timeMax()),
                PropertyCheck.notNegative("melin.warm-up.rest", warmUp.rest()));
    }

    private static StageConfig stages(MelinProperties.Stages stages) {
        check(
                stages.layout() != Layout.MANUAL,
                "melin.stages.layout",
                stages.layout(),
                "has no threads of its own and is meant for tests without a context");
        Map<String, Integer> cores = new HashMap<>();
        stages.cores()
                .forEach((stage, core) -> {
                    String name = stage.name().toLowerCase(Locale.ROOT);
                    cores.put(name, atLeast("melin.stages.cores." + name, core, 0));
                });
        return new StageConfig(stages.layout(), cores, stages.idle(), stages.keepAwake());
    }

    private static Policy policy(String text) {
        Policy policy;
        try {
            policy = Policy.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid("melin.durability.policy", text, String.valueOf(e.getMessage()));
        }
        policy.objection(STANDALONE_NODES)
                .ifPresent(reason -> {
                    throw invalid("melin.durability.policy", text, reason);
                });
        return policy;
    }

    private static TraceConfig trace(MelinTraceProperties trace) {
        int every = trace.sampleEvery();
        check(
                every >= 0 && Integer.bitCount(every) <= 1,
                "melin.trace.sample-every",
                every,
                "must be 0 or a power of two");
        return new TraceConfig(
                every,
                atLeast("melin.trace.keep-last", trace.keepLast(), 1),
                atLeast("melin.trace.keep-slowest", trace.keepSlowest(), 1));
    }

    private static Duration stallTimeout(Duration timeout) {
        check(
                timeout.compareTo(STALL_TIMEOUT_MIN) >= 0,
                "melin.failure.stall-timeout",
                timeout,
                "must be 10ms or more");
        return timeout;
    }

    private static int powerOfTwo(String name, DataSize size) {
        check(
                size.toBytes() >= 2
                        && size.toBytes() <= 1 << 30
                        && Long.bitCount(size.toBytes()) == 1,
                name,
                size,
                "must be a power of two up to 1GB");
        return (int) size.toBytes();
    }

    private static int powerOfTwo(String name, int count) {
        check(
                count >= 2 && Integer.bitCount(count) == 1,
                name,
                count,
                "must be a power of two, 2 or more");
        return count;
    }
}
