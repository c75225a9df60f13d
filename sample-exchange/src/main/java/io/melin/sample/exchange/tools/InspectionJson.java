package io.melin.sample.exchange.tools;

import io.melin.inspect.Finding;
import io.melin.inspect.Inspection;
import io.melin.inspect.Inspection.Leftover;
import io.melin.inspect.SnapshotState;
import io.melin.journal.DurableProgress;
import io.melin.journal.EntryCounts;
import io.melin.journal.RecoveryForecast;
import io.melin.journal.SegmentReport;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An inspection as the objects of docs/tools.md. */
final class InspectionJson {
    private final Inspection found;

    InspectionJson(Inspection found) {
        this.found = found;
    }

    /** Of {@code verify}. */
    Map<String, @Nullable Object> verdict() {
        Map<String, @Nullable Object> json = begin();
        json.put("segments", found.segments().size());
        json.put("snapshots", found.snapshots().size());
        json.put("entries", found.entries().total());
        end(json);
        return json;
    }

    /** Of {@code inspect}. */
    Map<String, @Nullable Object> everything() {
        Map<String, @Nullable Object> json = begin();
        json.put("segments", found.segments().stream().map(InspectionJson::segment).toList());
        json.put("snapshots", found.snapshots().stream().map(InspectionJson::snapshot).toList());
        json.put("leftovers", found.leftovers().stream().map(InspectionJson::leftover).toList());
        json.put("entries", counts(found.entries()));
        end(json);
        return json;
    }

    private Map<String, @Nullable Object> begin() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("directory", found.place().directory());
        json.put("journal", found.place().journal());
        json.put("sound", found.isSound());
        return json;
    }

    private void end(Map<String, @Nullable Object> json) {
        RecoveryForecast recovery = found.recovery();
        json.put("recovery", recovery == null ? null : recovery(recovery));
        json.put("findings", found.findings().stream().map(InspectionJson::finding).toList());
    }

    private static Map<String, @Nullable Object> segment(SegmentReport segment) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", segment.name());
        json.put("role", segment.role().name());
        json.put("bytes", segment.bytes());
        json.put("sound", segment.damage().isEmpty());
        SegmentReport.Head head = segment.head();
        if (head != null) {
            json.put("segment", head.segment());
            json.put("lineage", head.lineage().toString());
            json.put("codecVersion", head.codecVersion());
            json.put("applicationVersion", head.applicationVersion());
            json.put("firstSequence", head.start().sequence());
            json.put("startEpoch", head.start().epoch());
            json.put("startTimeNs", head.start().timeNs());
            json.put("anchor", head.anchor().toString());
            DurableProgress watermark = head.watermark();
            json.put("watermarkSequence", watermark == null ? null : watermark.sequence());
            json.put("watermarkOffset", watermark == null ? null : watermark.offset());
            SegmentReport.Seal seal = head.seal();
            json.put("sealSequence", seal == null ? null : seal.lastSequence());
            json.put("sealOffset", seal == null ? null : seal.validEnd());
            json.put("sealTail", seal == null ? null : seal.tail().toString());
        }
        SegmentReport.Content content = segment.content();
        if (content != null) {
            json.put("lastSequence", content.end().sequence());
            json.put("endEpoch", content.end().epoch());
            json.put("endTimeNs", content.end().timeNs());
            json.put("validEnd", content.validEnd());
            json.put("tail", content.tail().toString());
            json.put("entries", counts(content.entries()));
        }
        return json;
    }

    private static Map<String, @Nullable Object> counts(EntryCounts counts) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("total", counts.total());
        json.put("application", counts.application());
        json.put("tick", counts.tick());
        json.put("epoch", counts.epoch());
        json.put("policyChange", counts.policyChange());
        json.put("skip", counts.skip());
        json.put("configuration", counts.configuration());
        return json;
    }

    private static Map<String, @Nullable Object> snapshot(SnapshotState state) {
        SnapshotReport report = state.report();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", report.file().name());
        json.put("bytes", report.bytes());
        json.put("sequence", report.file().sequence());
        json.put("whole", report.damage() == null);
        json.put("fit", state.fit().name());
        SnapshotHeader header = report.header();
        if (header != null) {
            json.put("lineage", header.lineage().toString());
            json.put("epoch", header.epoch());
            json.put("timeNs", header.timeNs());
            json.put("chain", header.chain().toString());
            json.put("applicationVersion", header.versions().application());
            json.put("codecVersion", header.versions().events());
            json.put("reportVersion", header.versions().reports());
        }
        SnapshotReport.Content content = report.content();
        if (content != null) {
            json.put("payloadBytes", content.payloadBytes());
            json.put("chunks", content.chunks());
            json.put("digest", content.digest().toString());
        }
        return json;
    }

    private static Map<String, @Nullable Object> leftover(Leftover leftover) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", leftover.file());
        json.put("kind", leftover.kind().name());
        json.put("bytes", leftover.bytes());
        return json;
    }

    private static Map<String, @Nullable Object> recovery(RecoveryForecast recovery) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("creates", recovery.isCreated());
        json.put("afterSequence", recovery.replayed().afterSequence());
        json.put("entries", recovery.replayed().entries());
        json.put("lastSequence", recovery.end().sequence());
        json.put("segment", recovery.end().segment());
        json.put("validEnd", recovery.end().offset());
        json.put("epoch", recovery.epoch());
        json.put("lastTimeNs", recovery.lastTimeNs());
        json.put("watermark", recovery.tail().watermark());
        json.put("droppedBytes", recovery.tail().droppedBytes());
        json.put("laterEntriesDropped", recovery.tail().hasLaterEntries());
        json.put("notes", recovery.tail().notes());
        return json;
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", finding.code());
        json.put("path", finding.path());
        json.put("segment", finding.spot().segment());
        json.put("chunk", finding.spot().chunk());
        json.put("offset", finding.spot().offset());
        json.put("sequence", finding.spot().sequence());
        json.put("refusal", finding.isRefusal());
        json.put("message", finding.message());
        return json;
    }
}
