package io.melin.trace;

import io.melin.integrity.Invariant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The stamps of the sampled events in flight: per {@link TracePoint} one preallocated array with
 * one writer.
 *
 * <p>R1: a stamp is found only by the sequence that it was recorded for; one that was overwritten
 * or never made is absent, and so is one that is being overwritten at that moment.
 *
 * <p>Threading: each point's {@link StampWriter} belongs to one stage; {@link #at} any thread.
 */
public final class TraceStamps {
    /** No stamp. The ticker may show any value, so one of them is given up. */
    public static final long ABSENT = Long.MIN_VALUE;

    private final Sampling sampling;
    private final StampArray[] points;
    private final Set<TracePoint> taken = EnumSet.noneOf(TracePoint.class);

    /**
     * @param eventsInFlightMax how many events may be between ingress and answer at once: the slots
     *     of the input ring and of the output ring together
     */
    public TraceStamps(Sampling sampling, int eventsInFlightMax) {
        this.sampling = sampling;
        this.points = new StampArray[TracePoint.RESPONDED.ordinal()];
        int slots = sampling.isOff() ? 1 : slots(eventsInFlightMax / sampling.stride() + 2);
        for (int point = 0; point < points.length; point++) {
            points[point] = new StampArray(slots);
        }
    }

    /** A new run of the stages takes the writers over; those of the last run must have ended. */
    public synchronized void handOver() {
        taken.clear();
    }

    public Sampling sampling() {
        return sampling;
    }

    /**
     * The only writer of {@code point}, for the stage that owns it. Before the stages start.
     *
     * <p>Fails: {@link AssertionError} for a second one, and for RESPONDED, which has none.
     */
    public synchronized StampWriter writer(TracePoint point) {
        Invariant.check(point != TracePoint.RESPONDED, "RESPONDED is taken by LatencyTrace");
        Invariant.check(taken.add(point), "a second writer of stamps: point=" + point);
        return new StampWriter(sampling, points[point.ordinal()]);
    }

    /** When {@code sequence} passed {@code point}, or {@link #ABSENT}. */
    public long at(TracePoint point, long sequence) {
        return points[point.ordinal()].find(sampling.ordinal(sequence), sequence);
    }

    private static int slots(long atLeast) {
        Invariant.check(
                atLeast > 0 && atLeast <= 1 << 24, "too many events in flight: traced=" + atLeast);
        return Integer.highestOneBit((int) atLeast * 2 - 1);
    }
}
