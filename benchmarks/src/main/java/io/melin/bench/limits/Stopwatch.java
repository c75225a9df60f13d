package io.melin.bench.limits;

import io.melin.bench.part.Samples;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/** Times one step after the other for a while. */
final class Stopwatch {
    private static final long WARM_UP_NS = 1_000_000_000L;
    private static final long MEASURED_NS = 4_000_000_000L;
    static final long HIGHEST_NS = 60_000_000_000L;

    private Stopwatch() {}

    static Samples time(String name, Limits.Step step) throws IOException {
        return time(name, step, ns -> {});
    }

    /**
     * The same.
     *
     * @param each is told how many nanoseconds each step took that counts
     */
    static Samples time(String name, Limits.Step step, LongConsumer each) throws IOException {
        repeat(step, WARM_UP_NS, ns -> {});
        long startedNs = System.nanoTime();
        Histogram latencies = repeat(step, MEASURED_NS, each);
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        return new Samples(name, latencies.getTotalCount() / seconds, latencies);
    }

    private static Histogram repeat(Limits.Step step, long spanNs, LongConsumer each)
            throws IOException {
        Histogram latencies = new Histogram(HIGHEST_NS, 3);
        long startedNs = System.nanoTime();
        long beforeNs = startedNs;
        while (beforeNs - startedNs < spanNs) {
            step.run();
            long nowNs = System.nanoTime();
            latencies.recordValue(nowNs - beforeNs);
            each.accept(nowNs - beforeNs);
            beforeNs = nowNs;
        }
        return latencies;
    }
}
