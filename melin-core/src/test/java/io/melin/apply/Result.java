package io.melin.apply;

import java.util.ArrayList;
import java.util.List;

/** Everything that one call of the applier told, as a value to compare. */
record Result(
        Outcome.Kind kind,
        boolean duplicate,
        long sequence,
        long timeNs,
        String reason,
        List<String> reports,
        List<String> tickReports) {

    static Result of(EventApplier<Posting, Line> applier) {
        Outcome<Line> outcome = applier.outcome();
        return new Result(
                outcome.kind(),
                outcome.isDuplicate(),
                outcome.sequence(),
                outcome.timeNs(),
                outcome.reason(),
                text(outcome.reports()),
                text(applier.tickReports()));
    }

    static List<String> text(ReportBuffer<Line> reports) {
        Line.LineCodec codec = new Line.LineCodec();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < reports.count(); i++) {
            lines.add(text(codec.decode(reports.payload(i), 1)));
        }
        return lines;
    }

    static String text(Line line) {
        return line.value + "+" + line.filler;
    }
}
