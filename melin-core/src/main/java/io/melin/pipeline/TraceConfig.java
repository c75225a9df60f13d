package io.melin.pipeline;

import io.melin.trace.Sampling;
import io.melin.trace.TraceLog;

/**
 * What is traced.
 *
 * @param sampleEvery one event in so many is traced through all stages: a power of two; 0 for none
 * @param lastCount traces kept, newest first
 * @param slowestCount slowest traces kept
 */
public record TraceConfig(int sampleEvery, int lastCount, int slowestCount) {
    public static final TraceConfig DEFAULT =
            new TraceConfig(64, TraceLog.LAST_DEFAULT, TraceLog.SLOWEST_DEFAULT);

    public TraceConfig {
        if (sampleEvery < 0 || Integer.bitCount(sampleEvery) > 1) {
            throw new IllegalArgumentException(
                    "sampleEvery must be 0 or a power of two: sampleEvery=" + sampleEvery);
        }
        if (lastCount < 1 || slowestCount < 1) {
            throw new IllegalArgumentException(
                    "traces kept must be 1 or more: lastCount="
                            + lastCount
                            + ", slowestCount="
                            + slowestCount);
        }
    }

    Sampling sampling() {
        return sampleEvery == 0 ? Sampling.OFF : Sampling.oneIn(sampleEvery);
    }
}
