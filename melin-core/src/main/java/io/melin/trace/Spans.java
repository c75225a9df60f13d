package io.melin.trace;

/**
 * How stamps become spans.
 *
 * <pre>
 * ingress      PUBLISHED - RECEIVED
 * journal      FRAMED    - PUBLISHED
 * disk         DURABLE   - FRAMED
 * application  APPLIED   - PUBLISHED
 * response     RESPONDED - the later of APPLIED and DURABLE
 * </pre>
 *
 * <p>E1: ingress + max(application, journal + disk) + response is the end-to-end time, exactly;
 * where the answer did not wait for the disk, ingress + application + response is.
 *
 * <p>Stamps are an array by the ordinal of {@link TracePoint}; they are compared by subtraction, as
 * tickers must be.
 */
final class Spans {
    static final long NONE = Long.MIN_VALUE;

    static final int RECEIVED = TracePoint.RECEIVED.ordinal();
    static final int PUBLISHED = TracePoint.PUBLISHED.ordinal();
    static final int FRAMED = TracePoint.FRAMED.ordinal();
    static final int DURABLE = TracePoint.DURABLE.ordinal();
    static final int APPLIED = TracePoint.APPLIED.ordinal();
    static final int RESPONDED = TracePoint.RESPONDED.ordinal();
    static final int POINTS = TracePoint.values().length;

    private Spans() {}

    static long of(StageTag stage, long[] at) {
        return switch (stage) {
            case INGRESS -> at[PUBLISHED] - at[RECEIVED];
            case JOURNAL -> between(at[PUBLISHED], at[FRAMED]);
            case DISK -> between(at[FRAMED], at[DURABLE]);
            case APPLICATION -> at[APPLIED] - at[PUBLISHED];
            case RESPONSE -> at[RESPONDED] - ready(at);
            case SHADOW -> NONE;
        };
    }

    static long endToEnd(long[] at) {
        return at[RESPONDED] - at[RECEIVED];
    }

    /** When the last thing that the answer waits for on this node was there. */
    private static long ready(long[] at) {
        boolean isDiskLater = at[DURABLE] != TraceStamps.ABSENT && at[DURABLE] - at[APPLIED] > 0;
        return isDiskLater ? at[DURABLE] : at[APPLIED];
    }

    private static long between(long from, long to) {
        boolean isAbsent = from == TraceStamps.ABSENT || to == TraceStamps.ABSENT;
        return isAbsent ? NONE : to - from;
    }
}
