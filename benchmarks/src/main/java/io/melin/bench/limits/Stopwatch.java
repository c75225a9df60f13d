package io.melin.bench.limits;

import io.melin.bench.part.Samples;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** Times one step after the other for a while. */
final class Stopwatch {
    private static final long WARM_UP_NS = 1_000_000_000L;
    private static final long MEASURED_NS = 2_000_000_000L;
    private static final long HIGHEST_NS = 60_000_000_000L;

    private Stopwatch() {}

    static Samples time(String name, Limits.Step step) throws IOException {
        repeat(step, WARM_UP_NS);
        long startedNs = System.nanoTime();
        Histogram latencies = repeat(step, MEASURED_NS);
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        return new Samples(name, latencies.getTotalCount() / seconds, latencies);
    }

    private static Histogram repeat(Limits.Step step, long spanNs) throws IOException {
        Histogram latencies = new Histogram(HIGHEST_NS, 3);
        long startedNs = System.nanoTime();
        long beforeNs = startedNs;
        while (beforeNs - startedNs < spanNs) {
            step.run();
            long nowNs = System.nanoTime();
            latencies.recordValue(nowNs - beforeNs);
            beforeNs = nowNs;
        }
        return latencies;
    }
}
