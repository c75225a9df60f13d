package io.melin.trace;

import java.util.OptionalLong;

/**
 * One event's way through the stages.
 *
 * <p>Units: nanoseconds of the monotonic ticker. Range: {@code framedNs} and {@code durableNs} are
 * {@link TraceStamps#ABSENT} when the answer did not wait for this node's journal.
 */
public record TraceRecord(
        long sequence,
        long receivedNs,
        long publishedNs,
        long framedNs,
        long durableNs,
        long appliedNs,
        long respondedNs) {
    /** How long the event was with {@code stage}; empty if it did not wait for it. */
    public OptionalLong spanNs(StageTag stage) {
        long[] at = {receivedNs, publishedNs, framedNs, durableNs, appliedNs, respondedNs};
        long spanNs = Spans.of(stage, at);
        return spanNs == Spans.NONE ? OptionalLong.empty() : OptionalLong.of(spanNs);
    }

    public long endToEndNs() {
        return respondedNs - receivedNs;
    }
}
