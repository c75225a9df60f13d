package io.melin.bench.micro;

import io.melin.time.SystemTime;
import io.melin.time.TimeSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A limit of the machine: every latency that a meter records takes at least one reading. */
@State(Scope.Thread)
public class ClockBenchmark {
    private final TimeSource time = SystemTime.INSTANCE;

    @Benchmark
    public long reading() {
        return time.tickerNs();
    }
}
