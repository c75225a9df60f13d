package io.melin.bench.part;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/**
 * What one run of one case measured.
 *
 * @param name of the case
 * @param perSecond how often in the measured time
 * @param latencies in nanoseconds
 */
public record Samples(String name, double perSecond, Histogram latencies) {
    private static final double MAX_VALUE_UNIT_RATIO = 1.0;
    private static final double MS_PER_SECOND = 1_000;

    /** Times are in nanoseconds. */
    public double percentileUs(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Writes a HdrHistogram log: one interval for each case, which is its tag, without blanks. */
    public static void write(Path file, List<Samples> all) throws FileNotFoundException {
        try (PrintStream out = new PrintStream(file.toFile())) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            writer.outputLogFormatVersion();
            writer.outputLegend();
            for (Samples samples : all) {
                Histogram latencies = samples.latencies;
                double seconds = latencies.getTotalCount() / samples.perSecond;
                latencies.setTag(samples.name.replace(' ', '_').replace(',', ';'));
                writer.outputIntervalHistogram(0, seconds, latencies, MAX_VALUE_UNIT_RATIO);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static List<Samples> read(Path file) throws IOException {
        List<Samples> all = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                Histogram latencies = (Histogram) reader.nextIntervalHistogram();
                double seconds =
                        (latencies.getEndTimeStamp() - latencies.getStartTimeStamp())
                                / MS_PER_SECOND;
                all.add(
                        new Samples(
                                latencies.getTag().replace('_', ' ').replace(';', ','),
                                latencies.getTotalCount() / seconds,
                                latencies));
            }
        }
        return all;
    }
}
