package io.melin.snapshot;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that cannot be used; one final class a cause.
 *
 * <p>Damage ({@link #isDamage}) is no reason to stop while there is an older snapshot or the whole
 * history; everything else is, because the next snapshot would not be better. Unchecked, as the
 * journal's family is, and as little to be handled in between.
 *
 * <p>Fails: no file was changed by whoever throws one of these.
 */
public abstract sealed class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String DAMAGE_HINT =
            "nothing was changed; an older snapshot, or the whole journal, is used if it can be:"
                    + " keep the file for a closer look, or delete it";
    private static final String AROUND =
            ", or move the snapshots away to replay the whole journal, if it is still there";

    private final SnapshotPlace place;
    private final Finding finding;

    SnapshotException(SnapshotPlace place, Finding finding, @Nullable Throwable cause) {
        super(finding.message(place), cause);
        this.place = place;
        this.finding = finding;
    }

    /** What was found instead of what was expected, and what the operator can do. */
    record Finding(String what, String expected, String found, String hint)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        static Finding damage(String what) {
            return new Finding(what, "", "", DAMAGE_HINT);
        }

        static Finding damage(String what, Object expected, Object found) {
            return new Finding(what, expected.toString(), found.toString(), DAMAGE_HINT);
        }

        static Finding of(String what, String hint) {
            return new Finding(what, "", "", hint);
        }

        String message(SnapshotPlace place) {
            String values = expected.isEmpty() ? "" : ", expected=" + expected + ", found=" + found;
            return what + ": " + place + values + "; " + hint;
        }
    }

    /** Whether the file is not what was written: an older one may be. */
    public boolean isDamage() {
        return false;
    }

    /** Where; -1 in what does not apply. */
    public final SnapshotPlace place() {
        return place;
    }

    public final String path() {
        return place.path();
    }

    /** Index of the chunk, from 0. */
    public final long chunk() {
        return place.chunk();
    }

    public final long offset() {
        return place.offset();
    }

    /** Of the last event in the snapshot, by its name. */
    public final long sequence() {
        return place.sequence();
    }

    /** Empty if nothing in particular was expected. */
    public final String expected() {
        return finding.expected();
    }

    public final String found() {
        return finding.found();
    }

    /** What an operator can do. */
    public final String hint() {
        return finding.hint();
    }

    /** A file of a snapshot's name holds something else. */
    public static final class NotASnapshot extends SnapshotException {
        private static final long serialVersionUID = 1L;

        NotASnapshot(SnapshotPlace place) {
            super(place, Finding.damage("file is not a snapshot of Melin"), null);
        }

        @Override
        public boolean isDamage() {
            return true;
        }
    }

    /** Bytes of the snapshot are not those that were written. */
    public static final class SnapshotCorrupt extends SnapshotException {
        private static final long serialVersionUID = 1L;

        SnapshotCorrupt(SnapshotPlace place, Finding finding) {
            super(place, finding, null);
        }

        @Override
        public boolean isDamage() {
            return true;
        }
    }

    /** The file ends before the snapshot does. */
    public static final class SnapshotTruncated extends SnapshotException {
        private static final long serialVersionUID = 1L;

        SnapshotTruncated(SnapshotPlace place) {
            super(place, Finding.damage("snapshot ends early"), null);
        }

        @Override
        public boolean isDamage() {
            return true;
        }
    }

    /** The file cannot be read; the cause says how. */
    public static final class SnapshotUnreadable extends SnapshotException {
        private static final long serialVersionUID = 1L;

        SnapshotUnreadable(SnapshotPlace place, Throwable cause) {
            super(place, Finding.damage("snapshot cannot be read, " + cause), cause);
        }

        @Override
        public boolean isDamage() {
            return true;
        }
    }

    /** Written by another, usually newer, version of Melin. */
    public static final class UnsupportedSnapshotVersion extends SnapshotException {
        private static final long serialVersionUID = 1L;

        UnsupportedSnapshotVersion(SnapshotPlace place, String expected, String found) {
            super(
                    place,
                    new Finding(
                            "unsupported snapshot format",
                            expected,
                            found,
                            "nothing was changed; start the version of Melin that wrote it"
                                    + AROUND),
                    null);
        }
    }

    /** Written by a version of the application whose state this one does not take. */
    public static final class UnsupportedApplicationVersion extends SnapshotException {
        private static final long serialVersionUID = 1L;

        UnsupportedApplicationVersion(
                SnapshotPlace place, int expected, int found, @Nullable Throwable cause) {
            super(
                    place,
                    new Finding(
                            "snapshot was written by another version of the application",
                            Integer.toString(expected),
                            Integer.toString(found),
                            "nothing was changed; start the version of the application that wrote"
                                    + " it, or one whose restore takes its state"
                                    + AROUND),
                    cause);
        }
    }

    /** Written with a version of a codec that this build does not have. */
    public static final class UnsupportedCodecVersion extends SnapshotException {
        private static final long serialVersionUID = 1L;

        UnsupportedCodecVersion(SnapshotPlace place, String codec, int expected, int found) {
            super(
                    place,
                    new Finding(
                            "snapshot was written with another version of the codec of " + codec,
                            Integer.toString(expected),
                            Integer.toString(found),
                            "nothing was changed; start with the codec that wrote it" + AROUND),
                    null);
        }
    }

    /** The snapshot is intact, and yet the application cannot take its state back. */
    public static final class SnapshotRestoreFailed extends SnapshotException {
        private static final long serialVersionUID = 1L;

        SnapshotRestoreFailed(SnapshotPlace place, Throwable cause) {
            super(
                    place,
                    Finding.of(
                            "intact snapshot cannot be restored, " + cause,
                            "nothing was changed; snapshot and restore of the application must be"
                                    + " exact inverses: start a version in which they are"
                                    + AROUND),
                    cause);
        }
    }
}
