package io.melin.pipeline;

import io.melin.app.Refusal;
import io.melin.apply.Outcome;
import io.melin.trace.LatencyTrace;
import io.melin.trace.StageCounter;
import io.melin.trace.StageTag;
import io.melin.trace.TraceLog;
import io.melin.trace.TraceStamps;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the stages count. Belongs to the node and outlives its pipelines, so that no count ever
 * falls when a node is stopped and started again.
 *
 * <p>Threading: each stage's counters have that stage as their only writer, one pipeline after the
 * other; anyone reads.
 */
public final class PipelineMeters {
    private final TraceStamps stamps;
    private final LatencyTrace latency;
    private final Map<StageTag, StageCounter> events = new EnumMap<>(StageTag.class);
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
    private final StageCounter duplicates = new StageCounter();
    private final StageCounter rejections = new StageCounter();

    public PipelineMeters(TraceConfig trace, PipelineConfig sizes) {
        stamps = new TraceStamps(trace.sampling(), sizes.inputSlots() + sizes.outputSlots());
        latency = new LatencyTrace(stamps, new TraceLog(trace.lastCount(), trace.slowestCount()));
        StageTag.TRACED.forEach(stage -> events.put(stage, new StageCounter()));
        for (Refusal refusal : Refusal.values()) {
            refusals.put(refusal, new LongAdder());
        }
    }

    /** Events that passed a stage of {@link StageTag#TRACED}; at the response: answers. */
    public long events(StageTag stage) {
        return counter(stage).acquire();
    }

    /** Requests refused for this reason. */
    public long refused(Refusal refusal) {
        return refusals(refusal).sum();
    }

    /** Repeats of an id that were answered with the first outcome. */
    public long duplicates() {
        return duplicates.acquire();
    }

    /** Events that the application rejected. */
    public long rejections() {
        return rejections.acquire();
    }

    public LatencyTrace latency() {
        return latency;
    }

    /** Any thread: a request was refused before or instead of being applied. */
    public void countRefusal(Refusal refusal) {
        refusals(refusal).increment();
    }

    TraceStamps stamps() {
        return stamps;
    }

    StageCounter counter(StageTag stage) {
        StageCounter counter = events.get(stage);
        if (counter == null) {
            throw new IllegalArgumentException("a stage without events: stage=" + stage.text());
        }
        return counter;
    }

    /** Application stage only. */
    void countOutcome(Outcome<?> outcome) {
        if (outcome.isDuplicate()) {
            duplicates.add(1);
            duplicates.publish();
        } else if (outcome.kind() == Outcome.Kind.REJECTED) {
            rejections.add(1);
            rejections.publish();
        }
    }

    private LongAdder refusals(Refusal refusal) {
        LongAdder adder = refusals.get(refusal);
        if (adder == null) {
            throw new AssertionError("refusal without a count: refusal=" + refusal);
        }
        return adder;
    }
}
