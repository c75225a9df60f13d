package io.melin.apply;

/**
 * Where in the log a state stands.
 *
 * @param sequence of the last event applied; 0 for the empty state
 * @param timeNs the highest journaled time of any event, applied or repeated: what a clock goes on
 *     from; Unix epoch, nanoseconds
 * @param drainedNs the time up to which the application has seen time pass, at most {@code timeNs}
 * @param epoch the highest epoch seen; 0 for none
 */
public record StatePosition(long sequence, long timeNs, long drainedNs, long epoch) {

    /** Before the first event. */
    public static final StatePosition EMPTY = new StatePosition(0, 0, 0, 0);

    public StatePosition {
        if (sequence < 0 || drainedNs < 0 || timeNs < drainedNs || epoch < 0) {
            throw new IllegalArgumentException(
                    "impossible position of a state: sequence="
                            + sequence
                            + ", timeNs="
                            + timeNs
                            + ", drainedNs="
                            + drainedNs
                            + ", epoch="
                            + epoch);
        }
    }
}
