package io.melin.bench.micro;

import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.TraceConfig;
import io.melin.time.SystemTime;
import io.melin.time.TimeSource;
import io.melin.trace.LatencyTrace;
import io.melin.trace.Sampling;
import io.melin.trace.StampWriter;
import io.melin.trace.TraceLog;
import io.melin.trace.TracePoint;
import io.melin.trace.TraceStamps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The trace of one event by all stages, as a node samples by default, on one thread. */
@State(Scope.Thread)
public class TraceBenchmark {
    private static final int STRIDE = TraceConfig.DEFAULT.sampleEvery();

    private final TimeSource time = SystemTime.INSTANCE;
    private final TraceStamps stamps =
            new TraceStamps(
                    Sampling.oneIn(STRIDE),
                    PipelineConfig.DEFAULT.inputSlots() + PipelineConfig.DEFAULT.outputSlots());
    private final StampWriter received = stamps.writer(TracePoint.RECEIVED);
    private final StampWriter published = stamps.writer(TracePoint.PUBLISHED);
    private final StampWriter framed = stamps.writer(TracePoint.FRAMED);
    private final StampWriter applied = stamps.writer(TracePoint.APPLIED);
    private final StampWriter durable = stamps.writer(TracePoint.DURABLE);
    private final LatencyTrace latency = new LatencyTrace(stamps, new TraceLog());
    private long sequence;

    /** With the readings of the clock: they are made for nothing else. */
    @Benchmark
    public boolean sampled() {
        sequence += STRIDE;
        return event(sequence);
    }

    /** All questions whether it is, each with the answer no. */
    @Benchmark
    public boolean notSampled() {
        sequence += STRIDE;
        return event(sequence + 1);
    }

    private boolean event(long event) {
        if (received.isSampled(event)) {
            received.record(event, time.tickerNs());
            published.record(event, time.tickerNs());
        }
        if (framed.isSampled(event)) {
            framed.record(event, time.tickerNs());
        }
        if (applied.isSampled(event)) {
            applied.record(event, time.tickerNs());
        }
        if (durable.anySampled(event, event)) {
            durable.recordRange(event, event, time.tickerNs());
        }
        boolean isTraced = latency.isSampled(event);
        if (isTraced) {
            latency.responded(event, time.tickerNs());
        }
        return isTraced;
    }

    @TearDown
    public void check() {
        if (latency.discarded() != 0) {
            throw new AssertionError("traces were discarded: count=" + latency.discarded());
        }
    }
}
