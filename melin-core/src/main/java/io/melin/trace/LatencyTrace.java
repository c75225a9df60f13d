package io.melin.trace;

import io.melin.integrity.Invariant;

/**
 * Turns the stamps of each answered, sampled event into spans, counts them per stage and keeps the
 * record.
 *
 * <p>Its spans obey E1 of {@link Spans}. A stage that had not finished when the answer left did not
 * delay it: its span is left out (a replica's copy may open the gate before the own disk does).
 *
 * <p>Threading: {@link #responded} and {@link #recordEndToEnd} belong to the response stage, and
 * allocate nothing; the read side is for any thread.
 */
public final class LatencyTrace {
    private static final TracePoint[] POINTS = TracePoint.values();

    private final TraceStamps stamps;
    private final TraceLog log;
    private final LatencyCounts[] stages = new LatencyCounts[StageTag.TRACED.size()];
    private final LatencyCounts endToEnd = new LatencyCounts();
    private final StageCounter discarded = new StageCounter();
    private final long[] at = new long[Spans.POINTS];

    public LatencyTrace(TraceStamps stamps, TraceLog log) {
        this.stamps = stamps;
        this.log = log;
        for (int stage = 0; stage < stages.length; stage++) {
            stages[stage] = new LatencyCounts();
        }
    }

    /** Whether {@link #responded} wants to hear of {@code sequence}. */
    public boolean isSampled(long sequence) {
        return stamps.sampling().isSampled(sequence);
    }

    /**
     * The answer of {@code sequence} left. Once per event, after the gate: that is what makes the
     * other stages' stamps visible here.
     */
    public void responded(long sequence, long respondedNs) {
        if (!isSampled(sequence)) {
            return;
        }
        if (!collect(sequence, respondedNs)) {
            discarded.add(1);
            discarded.publish();
            return;
        }
        for (int stage = 0; stage < stages.length; stage++) {
            long spanNs = Spans.of(StageTag.TRACED.get(stage), at);
            if (spanNs != Spans.NONE) {
                stages[stage].record(spanNs);
            }
        }
        endToEnd.record(Spans.endToEnd(at));
        log.add(sequence, at);
    }

    /** Counts the end-to-end time of an event that is not sampled. */
    public void recordEndToEnd(long ns) {
        endToEnd.record(ns);
    }

    /** The time that sampled events spent with {@code stage}, one of {@link StageTag#TRACED}. */
    public LatencySnapshot stage(StageTag stage) {
        int index = StageTag.TRACED.indexOf(stage);
        Invariant.check(index >= 0, "a stage without spans: stage=" + stage.text());
        return stages[index].snapshot();
    }

    /** From RECEIVED to RESPONDED. */
    public LatencySnapshot endToEnd() {
        return endToEnd.snapshot();
    }

    /** Sampled events whose stamps were gone or out of order: none, unless a stage is miswired. */
    public long discarded() {
        return discarded.acquire();
    }

    public TraceLog log() {
        return log;
    }

    /** False if a stamp that every answer implies is missing, or if time runs backwards. */
    private boolean collect(long sequence, long respondedNs) {
        for (int point = 0; point < Spans.RESPONDED; point++) {
            at[point] = stamps.at(POINTS[point], sequence);
        }
        at[Spans.RESPONDED] = respondedNs;
        forgetIfLater(Spans.FRAMED, respondedNs);
        forgetIfLater(Spans.DURABLE, respondedNs);
        return at[Spans.RECEIVED] != TraceStamps.ABSENT
                && at[Spans.PUBLISHED] != TraceStamps.ABSENT
                && at[Spans.APPLIED] != TraceStamps.ABSENT
                && (at[Spans.FRAMED] != TraceStamps.ABSENT
                        || at[Spans.DURABLE] == TraceStamps.ABSENT)
                && isForward();
    }

    private void forgetIfLater(int point, long respondedNs) {
        if (at[point] != TraceStamps.ABSENT && at[point] - respondedNs > 0) {
            at[point] = TraceStamps.ABSENT;
        }
    }

    private boolean isForward() {
        for (int stage = 0; stage < stages.length; stage++) {
            long spanNs = Spans.of(StageTag.TRACED.get(stage), at);
            if (spanNs < 0 && spanNs != Spans.NONE) {
                return false;
            }
        }
        return true;
    }
}
