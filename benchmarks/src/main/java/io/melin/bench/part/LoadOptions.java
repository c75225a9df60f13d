package io.melin.bench.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Option;

/** What every client is told, whatever it speaks. */
public final class LoadOptions {
    private static final long NS = 1_000_000_000L;

    /** Highest latency that is told from a higher one. */
    public static final long HIGHEST_NS = 60 * NS;

    @Option(names = "--window", description = "requests in flight on each connection")
    private int window = 1;

    @Option(names = "--event-bytes")
    private int eventBytes = 100;

    @Option(names = "--warm-up", description = "seconds that do not count")
    private int warmUpSeconds = 3;

    @Option(names = "--seconds", description = "that count")
    private int seconds = 5;

    @Option(names = "--hdr", required = true, description = "file for the figures")
    private Path hdr = Path.of("latency.hlog");

    public int window() {
        return window;
    }

    public int eventBytes() {
        return eventBytes;
    }

    public long warmUpNs() {
        return warmUpSeconds * NS;
    }

    public long measuredNs() {
        return seconds * NS;
    }

    /** Writes what was measured. */
    public void write(String name, Histogram latencies) throws IOException {
        write(name, latencies, Samples.noAnswers());
    }

    /**
     * The same.
     *
     * @param answers how many of them each connection got
     */
    public void write(String name, Histogram latencies, Histogram answers) throws IOException {
        double perSecond = (double) latencies.getTotalCount() / seconds;
        Samples.write(hdr, List.of(new Samples(name, perSecond, latencies, answers)));
    }
}
