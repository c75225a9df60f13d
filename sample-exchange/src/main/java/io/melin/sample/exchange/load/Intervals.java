package io.melin.sample.exchange.load;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/** Collects the latencies second by second, and writes each second to a log if one is wanted. */
final class Intervals implements AutoCloseable {
    private final List<Tally> tallies;
    private final Histogram total;
    private final Histogram sum;
    private final @Nullable HistogramLogWriter log;
    private final PrintStream out;
    private @Nullable Histogram recycled;
    private long beganMs = System.currentTimeMillis();

    Intervals(List<Tally> tallies, @Nullable Path file) throws IOException {
        this.tallies = tallies;
        total = tallies.get(0).latencies().getIntervalHistogram();
        total.reset();
        sum = total.copy();
        OutputStream to =
                file == null ? OutputStream.nullOutputStream() : Files.newOutputStream(file);
        out = new PrintStream(to, false, StandardCharsets.UTF_8);
        log = file == null ? null : new HistogramLogWriter(out);
        if (log != null) {
            log.outputComment("latencies in nanoseconds");
            log.outputLogFormatVersion();
            log.outputStartTime(beganMs);
            log.setBaseTime(beganMs);
            log.outputLegend();
        }
    }

    /** What was measured since the call before; valid until the next. */
    Histogram next() {
        sum.reset();
        for (Tally tally : tallies) {
            recycled = tally.latencies().getIntervalHistogram(recycled, false);
            sum.add(recycled);
        }
        total.add(sum);
        long nowMs = System.currentTimeMillis();
        sum.setStartTimeStamp(beganMs);
        sum.setEndTimeStamp(nowMs);
        beganMs = nowMs;
        if (log != null && sum.getTotalCount() > 0) {
            log.outputIntervalHistogram(sum);
        }
        return sum;
    }

    Histogram total() {
        return total;
    }

    @Override
    public void close() {
        out.close();
    }
}
