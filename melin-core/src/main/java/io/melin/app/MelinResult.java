package io.melin.app;

import java.util.List;

/**
 * The outcome of a submit, delivered once the durability policy holds.
 *
 * @param sequence the event's place in the one order
 * @param timeNs journaled time, Unix epoch, nanoseconds
 * @param reports what the event caused, in order
 * @param duplicate whether this is the first outcome of an id that was submitted before
 */
public record MelinResult<R>(long sequence, long timeNs, List<R> reports, boolean duplicate) {
    public MelinResult {
        reports = List.copyOf(reports);
    }
}
