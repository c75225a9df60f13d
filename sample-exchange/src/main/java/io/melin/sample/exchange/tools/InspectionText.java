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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An inspection for people: a line a file, {@code name=value}, and the verdict last. */
final class InspectionText {
    private final Inspection found;
    private final List<String> lines = new ArrayList<>();

    InspectionText(Inspection found) {
        this.found = found;
    }

    /** Of {@code inspect}. */
    String everything() {
        lines.add(
                "journal: directory="
                        + found.place().directory()
                        + ", name="
                        + found.place().journal()
                        + entries(found.entries()));
        found.segments().forEach(this::segment);
        found.snapshots().forEach(this::snapshot);
        for (Leftover leftover : found.leftovers()) {
            lines.add(
                    word(leftover.kind())
                            + ": file="
                            + leftover.file()
                            + ", bytes="
                            + leftover.bytes());
        }
        return verdict();
    }

    /** Of {@code verify}. */
    String verdict() {
        RecoveryForecast recovery = found.recovery();
        lines.add(recovery == null ? "start: refuses, see below" : start(recovery));
        if (recovery != null) {
            recovery.tail().notes().forEach(note -> lines.add("  note: " + note));
        }
        for (Finding finding : found.findings()) {
            lines.add(
                    (finding.isRefusal() ? "refused: " : "damaged: ")
                            + finding.code()
                            + ": "
                            + finding.message());
        }
        lines.add(
                found.isSound()
                        ? "result=sound, segments="
                                + found.segments().size()
                                + ", snapshots="
                                + found.snapshots().size()
                                + ", entries="
                                + found.entries().total()
                        : "result=damaged, findings=" + found.findings().size());
        return String.join(System.lineSeparator(), lines);
    }

    private void segment(SegmentReport segment) {
        lines.add(
                word(segment.role())
                        + ": file="
                        + segment.name()
                        + ", bytes="
                        + segment.bytes()
                        + (segment.damage().isEmpty() ? "" : ", DAMAGED"));
        SegmentReport.Head head = segment.head();
        if (head == null) {
            return;
        }
        lines.add(
                "  segment="
                        + head.segment()
                        + ", lineage="
                        + head.lineage()
                        + ", codecVersion="
                        + head.codecVersion()
                        + ", applicationVersion="
                        + head.applicationVersion());
        lines.add("  from " + point(head.start()) + ", anchor=" + head.anchor());
        SegmentReport.Content content = segment.content();
        if (content != null) {
            lines.add("  to " + point(content.end()) + ", tail=" + content.tail());
            lines.add(
                    "  validEnd="
                            + content.validEnd()
                            + watermark(head.watermark())
                            + seal(head.seal())
                            + entries(content.entries()));
        }
    }

    private static String point(SegmentReport.Point point) {
        return "sequence="
                + point.sequence()
                + ", epoch="
                + point.epoch()
                + ", time="
                + time(point.timeNs());
    }

    private static String watermark(@Nullable DurableProgress watermark) {
        return watermark == null
                ? ", watermark=none"
                : ", watermark=" + watermark.sequence() + "@" + watermark.offset();
    }

    private static String seal(SegmentReport.@Nullable Seal seal) {
        return seal == null
                ? ", seal=none"
                : ", seal=" + seal.lastSequence() + "@" + seal.validEnd();
    }

    private static String entries(EntryCounts counts) {
        return ", entries="
                + counts.total()
                + " (application="
                + counts.application()
                + ", tick="
                + counts.tick()
                + ", epoch="
                + counts.epoch()
                + ", other="
                + (counts.policyChange() + counts.skip() + counts.configuration())
                + ")";
    }

    private void snapshot(SnapshotState state) {
        SnapshotReport report = state.report();
        lines.add(
                "snapshot: file="
                        + report.file().name()
                        + ", bytes="
                        + report.bytes()
                        + ", fit="
                        + word(state.fit())
                        + (report.damage() == null ? "" : ", DAMAGED"));
        SnapshotHeader header = report.header();
        if (header != null) {
            lines.add(
                    "  sequence="
                            + header.sequence()
                            + ", epoch="
                            + header.epoch()
                            + ", time="
                            + time(header.timeNs())
                            + ", applicationVersion="
                            + header.versions().application()
                            + ", codecVersion="
                            + header.versions().events()
                            + ", reportVersion="
                            + header.versions().reports());
        }
        SnapshotReport.Content content = report.content();
        if (content != null) {
            lines.add(
                    "  chunks="
                            + content.chunks()
                            + ", payloadBytes="
                            + content.payloadBytes()
                            + ", digest="
                            + content.digest());
        }
    }

    private static String start(RecoveryForecast recovery) {
        if (recovery.isCreated()) {
            return "start: creates a journal";
        }
        long after = recovery.replayed().afterSequence();
        return "start: "
                + (after == 0 ? "from the first entry" : "from the snapshot of sequence " + after)
                + ", replays="
                + recovery.replayed().entries()
                + ", lastSequence="
                + recovery.end().sequence()
                + ", time="
                + time(recovery.lastTimeNs())
                + ", epoch="
                + recovery.epoch()
                + ", droppedBytes="
                + recovery.tail().droppedBytes();
    }

    private static String time(long ns) {
        return Instant.ofEpochSecond(0, ns).toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
