package io.melin.journal;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A journal that cannot be opened or written; one final class a cause.
 *
 * <p>Unchecked, because each is fatal to the node that meets it: nobody between the disk and the
 * supervisor has anything to do but stop, and a stage's duty cycle declares no exception. The
 * family is sealed, so the supervisor can tell every case apart.
 *
 * <p>Fails: none of these is thrown after a file was changed, except the three of a running writer,
 * {@link JournalIoFailure}, {@link JournalPoisoned} and {@link NodeStopped}, and {@link
 * RotationFailed}, which only reaches whoever asked for the rotation.
 */
public abstract sealed class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final Finding finding;

    JournalException(Place place, Finding finding, @Nullable Throwable cause) {
        super(finding.message(place), cause);
        this.place = place;
        this.finding = finding;
    }

    /** What was found instead of what was expected, and what the operator can do. */
    record Finding(String what, String expected, String found, String hint)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        static Finding of(String what, String hint) {
            return new Finding(what, "", "", hint);
        }

        String message(Place place) {
            String values = expected.isEmpty() ? "" : ", expected=" + expected + ", found=" + found;
            return what + ": " + place + values + "; " + hint;
        }
    }

    /** Where; -1 in what does not apply. */
    public final Place place() {
        return place;
    }

    public final String path() {
        return place.path();
    }

    public final long segment() {
        return place.segment();
    }

    public final long offset() {
        return place.offset();
    }

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

    /** Another process, or another node of this one, holds the directory. */
    public static final class JournalLocked extends JournalException {
        private static final long serialVersionUID = 1L;
        private final String holder;

        JournalLocked(Place place, String holder, Throwable cause) {
            super(
                    place,
                    Finding.of(
                            "journal is locked by " + holder,
                            "stop the holder, or give this node a directory of its own"),
                    cause);
            this.holder = holder;
        }

        /** As far as can be told, for instance {@code pid 4711}. */
        public String holder() {
            return holder;
        }
    }

    /** Snapshots show that there was a journal, but its segments are gone. */
    public static final class JournalMissing extends JournalException {
        private static final long serialVersionUID = 1L;

        JournalMissing(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A file of the journal's name holds something else. */
    public static final class NotAJournal extends JournalException {
        private static final long serialVersionUID = 1L;

        NotAJournal(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** The first pages of a segment are damaged. */
    public static final class HeaderCorrupt extends JournalException {
        private static final long serialVersionUID = 1L;

        HeaderCorrupt(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** Written by another, usually newer, version of Melin. */
    public static final class UnsupportedJournalVersion extends JournalException {
        private static final long serialVersionUID = 1L;

        UnsupportedJournalVersion(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** The live segment was written with another version of the event codec. */
    public static final class UnsupportedCodecVersion extends JournalException {
        private static final long serialVersionUID = 1L;

        UnsupportedCodecVersion(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A segment was written by another version of the application. */
    public static final class UnsupportedAppVersion extends JournalException {
        private static final long serialVersionUID = 1L;

        UnsupportedAppVersion(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** An entry whose content is impossible, or any damaged entry of a sealed segment. */
    public static final class EntryCorrupt extends JournalException {
        private static final long serialVersionUID = 1L;

        EntryCorrupt(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** An intact entry of a kind, or an id scheme, that this version does not know. */
    public static final class UnknownEventKind extends JournalException {
        private static final long serialVersionUID = 1L;

        UnknownEventKind(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** An entry of a sealed segment skips sequences. */
    public static final class SequenceGap extends JournalException {
        private static final long serialVersionUID = 1L;

        SequenceGap(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** An intact entry repeats a sequence or goes back. */
    public static final class SequenceDuplicate extends JournalException {
        private static final long serialVersionUID = 1L;

        SequenceDuplicate(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** The first entry of a segment is not the one that its header promises. */
    public static final class SegmentStartMismatch extends JournalException {
        private static final long serialVersionUID = 1L;

        SegmentStartMismatch(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A sealed segment ends before its seal says, or has lost its seal. */
    public static final class SegmentTruncated extends JournalException {
        private static final long serialVersionUID = 1L;

        SegmentTruncated(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A segment between two others is not there. */
    public static final class MissingSegment extends JournalException {
        private static final long serialVersionUID = 1L;

        MissingSegment(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** The live segment could not be rotated; it goes on, and nothing is lost. */
    public static final class RotationFailed extends JournalException {
        private static final long serialVersionUID = 1L;

        RotationFailed(Place place, Finding finding, Throwable cause) {
            super(place, finding, cause);
        }
    }

    /** Entries in a staging file that do not follow those of the segments that have a name. */
    public static final class RotationUnfinished extends JournalException {
        private static final long serialVersionUID = 1L;

        RotationUnfinished(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** The oldest segment does not begin with the first entry. */
    public static final class MissingHistoryPrefix extends JournalException {
        private static final long serialVersionUID = 1L;

        MissingHistoryPrefix(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A snapshot holds entries that the journal does not: the journal has lost durable ones. */
    public static final class SnapshotAheadOfJournal extends JournalException {
        private static final long serialVersionUID = 1L;

        SnapshotAheadOfJournal(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A snapshot of another journal. */
    public static final class SnapshotLineageMismatch extends JournalException {
        private static final long serialVersionUID = 1L;

        SnapshotLineageMismatch(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A snapshot comes from other entries than those that the journal holds. */
    public static final class SnapshotChainMismatch extends JournalException {
        private static final long serialVersionUID = 1L;

        SnapshotChainMismatch(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** No snapshot can be read, and the first entries are not there either. */
    public static final class NoUsableSnapshot extends JournalException {
        private static final long serialVersionUID = 1L;

        NoUsableSnapshot(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** A segment of another journal. */
    public static final class ForeignSegment extends JournalException {
        private static final long serialVersionUID = 1L;

        ForeignSegment(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** The bytes of a segment are not those that its seal or its successor remembers. */
    public static final class SegmentChainBreak extends JournalException {
        private static final long serialVersionUID = 1L;

        SegmentChainBreak(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** Two archives with one number. */
    public static final class DuplicateSegmentIndex extends JournalException {
        private static final long serialVersionUID = 1L;

        DuplicateSegmentIndex(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** Bytes that were once on stable media are no longer what they were. */
    public static final class DurableRegionDamaged extends JournalException {
        private static final long serialVersionUID = 1L;

        DurableRegionDamaged(Place place, Finding finding) {
            super(place, finding, null);
        }
    }

    /** The application failed on an entry while the journal was replayed. */
    public static final class ReplayFailed extends JournalException {
        private static final long serialVersionUID = 1L;

        ReplayFailed(Place place, Skip skip, Throwable cause) {
            super(
                    place,
                    Finding.of(
                            "replay failed, " + cause,
                            "the journal is intact; start the version of the application that"
                                    + " wrote it, or one that can apply this entry; if it must"
                                    + " never be applied, skip it: "
                                    + skip),
                    cause);
        }
    }

    /** A read, write or sync failed; the cause says how. */
    public static final class JournalIoFailure extends JournalException {
        private static final long serialVersionUID = 1L;

        JournalIoFailure(Place place, Finding finding, Throwable cause) {
            super(place, finding, cause);
        }
    }

    /** The writer refuses for ever since an earlier failure, which is the cause. */
    public static final class JournalPoisoned extends JournalException {
        private static final long serialVersionUID = 1L;

        JournalPoisoned(Place place, Throwable cause) {
            super(
                    place,
                    Finding.of(
                            "journal refuses after an earlier failure, " + cause,
                            "repair the cause, then restart the node: it recovers from the disk"),
                    cause);
        }
    }

    /** A sync came back after the node had been declared failed; it is not acted on. */
    public static final class NodeStopped extends JournalException {
        private static final long serialVersionUID = 1L;

        NodeStopped(Place place) {
            super(
                    place,
                    Finding.of(
                            "node was stopped while a sync was under way",
                            "nothing was published; restart the node: it recovers from the disk"),
                    null);
        }
    }
}
