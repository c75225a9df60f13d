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
 * @param answers one value for each connection, how many it got; none if nobody counted
 */
public record Samples(String name, double perSecond, Histogram latencies, Histogram answers) {
    private static final double MAX_VALUE_UNIT_RATIO = 1.0;
    private static final double MS_PER_SECOND = 1_000;

    /** Tag of what belongs to the case before it. */
    private static final String ANSWERS = "answers_of_each_connection";

    public Samples(String name, double perSecond, Histogram latencies) {
        this(name, perSecond, latencies, noAnswers());
    }

    static Histogram noAnswers() {
        return new Histogram(1);
    }

    public Samples named(String other) {
        return new Samples(other, perSecond, latencies, answers);
    }

    /** Answers of the slowest connection for each of the one in the middle; 1 if there is one. */
    public double fairness() {
        return answers.getTotalCount() <= 1
                ? 1
                : (double) answers.getMinValue() / answers.getValueAtPercentile(50);
    }

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
                if (samples.answers.getTotalCount() > 0) {
                    samples.answers.setTag(ANSWERS);
                    writer.outputIntervalHistogram(
                            0, seconds, samples.answers, MAX_VALUE_UNIT_RATIO);
                }
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static List<Samples> read(Path file) throws IOException {
        List<Samples> all = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                Histogram next = (Histogram) reader.nextIntervalHistogram();
                if (next.getTag().equals(ANSWERS)) {
                    int last = all.size() - 1;
                    Samples of = all.get(last);
                    all.set(last, new Samples(of.name, of.perSecond, of.latencies, next));
                } else {
                    all.add(of(next));
                }
            }
        }
        return all;
    }

    private static Samples of(Histogram latencies) {
        double seconds =
                (latencies.getEndTimeStamp() - latencies.getStartTimeStamp()) / MS_PER_SECOND;
        return new Samples(
                latencies.getTag().replace('_', ' ').replace(';', ','),
                latencies.getTotalCount() / seconds,
                latencies);
    }
}
