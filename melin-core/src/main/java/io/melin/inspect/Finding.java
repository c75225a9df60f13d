package io.melin.inspect;

import io.melin.journal.JournalException;
import io.melin.journal.Place;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotPlace;

/**
 * Something that is not as it was written.
 *
 * @param code name of the exception that a start throws, or would throw if it read that
 * @param path of the file or directory
 * @param spot where in it
 * @param isRefusal whether a start refuses because of this
 * @param message in words, with what to do next
 */
public record Finding(String code, String path, Spot spot, boolean isRefusal, String message) {

    /**
     * Where in a file; -1 for what does not apply.
     *
     * @param segment number
     * @param chunk of a snapshot, from 0
     * @param offset in the file
     * @param sequence of the entry or snapshot concerned
     */
    public record Spot(long segment, long chunk, long offset, long sequence) {}

    static Finding of(JournalException found, boolean isRefusal) {
        Place place = found.place();
        return new Finding(
                found.getClass().getSimpleName(),
                place.path(),
                new Spot(place.segment(), -1, place.offset(), place.sequence()),
                isRefusal,
                message(found));
    }

    static Finding of(SnapshotException found, boolean isRefusal) {
        SnapshotPlace place = found.place();
        return new Finding(
                found.getClass().getSimpleName(),
                place.path(),
                new Spot(-1, place.chunk(), place.offset(), place.sequence()),
                isRefusal,
                message(found));
    }

    private static String message(RuntimeException found) {
        String message = found.getMessage();
        return message == null ? found.toString() : message;
    }

    /** Whether two looks found the same, whatever the file was called by then. */
    boolean isSame(Finding other) {
        return code.equals(other.code) && spot.equals(other.spot);
    }
}
