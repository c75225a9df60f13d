package io.melin.journal;

import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.JournalException.UnsupportedCodecVersion;

/**
 * Versions that write entries, and whose entries they still take; each 0 to 65,535.
 *
 * @param codec of the event codec
 * @param codecOldest whose entries it still reads
 * @param application of the application's behaviour
 * @param applicationOldest whose entries it applies as that version did
 */
public record Versions(int codec, int codecOldest, int application, int applicationOldest) {
    private static final int MAX = 0xFFFF;
    private static final String DOWNGRADE =
            "nothing was changed; start the newer version again, or restore journal and snapshots"
                    + " from a backup that is older than it";
    private static final String UPGRADE =
            "nothing was changed; start the version that wrote it and stop it in order, so that a"
                    + " snapshot holds all its events, then start this one; or declare that this"
                    + " one takes them";

    /**
     * @throws IllegalArgumentException if a version is out of its range; the message names it
     */
    public Versions {
        check("codecVersion", codecOldest, codec);
        check("applicationVersion", applicationOldest, application);
    }

    /** Those that take no entry but their own. */
    public static Versions of(int codec, int application) {
        return new Versions(codec, codec, application, application);
    }

    private static void check(String what, int oldest, int version) {
        if (version < 0 || version > MAX) {
            throw new IllegalArgumentException(
                    "journal: " + what + " must be 0 to 65535: " + what + "=" + version);
        }
        if (oldest < 0 || oldest > version) {
            throw new IllegalArgumentException(
                    "journal: oldest "
                            + what
                            + " that is taken must be 0 to "
                            + version
                            + ": oldest="
                            + oldest);
        }
    }

    /** Whether a segment was begun by these. */
    boolean isOf(SegmentHeader header) {
        return header.codecVersion() == codec && header.applicationVersion() == application;
    }

    /**
     * That no later version has written in a segment: that is true of all before it, then.
     *
     * @throws JournalException if one has
     */
    void requireNotNewer(SegmentHeader header, Place place) {
        if (header.codecVersion() > codec) {
            throw new UnsupportedCodecVersion(
                    place,
                    new Finding(
                            "journal was written with a newer version of the event codec",
                            codec + " or older",
                            Integer.toString(header.codecVersion()),
                            DOWNGRADE));
        }
        if (header.applicationVersion() > application) {
            throw new UnsupportedAppVersion(
                    place,
                    new Finding(
                            "journal was written by a newer version of the application",
                            application + " or older",
                            Integer.toString(header.applicationVersion()),
                            DOWNGRADE));
        }
    }

    /**
     * That the entries of a segment can be applied.
     *
     * @throws JournalException if they cannot
     */
    void requireReplayable(SegmentHeader header, Place place) {
        requireNotNewer(header, place);
        if (header.codecVersion() < codecOldest) {
            throw new UnsupportedCodecVersion(
                    place,
                    new Finding(
                            "entry behind the newest snapshot was written with an older version of"
                                    + " the event codec",
                            codecOldest + " to " + codec,
                            Integer.toString(header.codecVersion()),
                            UPGRADE));
        }
        if (header.applicationVersion() < applicationOldest) {
            throw new UnsupportedAppVersion(
                    place,
                    new Finding(
                            "entry behind the newest snapshot was written by an older version of"
                                    + " the application",
                            applicationOldest + " to " + application,
                            Integer.toString(header.applicationVersion()),
                            UPGRADE));
        }
    }
}
