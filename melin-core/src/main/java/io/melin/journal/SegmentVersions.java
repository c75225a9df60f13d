package io.melin.journal;

import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.JournalException.UnsupportedCodecVersion;

/** The versions that a reader's build has. */
record SegmentVersions(int codec, int application) {

    /**
     * For a segment that new entries are to follow in.
     *
     * @throws UnsupportedCodecVersion if it was written with another one
     */
    void requireCodec(SegmentHeader header, Place place) {
        if (header.codecVersion() != codec) {
            throw new UnsupportedCodecVersion(
                    place,
                    new Finding(
                            "journal was written with another version of the event codec",
                            Integer.toString(codec),
                            Integer.toString(header.codecVersion()),
                            "start with the codec that wrote it; changing it needs a snapshot and"
                                    + " a rotation, which this version cannot do yet"));
        }
    }

    /**
     * For a segment that is to be replayed.
     *
     * @throws UnsupportedAppVersion if it was written by another one
     */
    void requireApplication(SegmentHeader header, Place place) {
        if (header.applicationVersion() != application) {
            throw new UnsupportedAppVersion(
                    place,
                    new Finding(
                            "journal was written by another version of the application",
                            Integer.toString(application),
                            Integer.toString(header.applicationVersion()),
                            "start the application version that wrote it; changing it needs a"
                                    + " snapshot and a rotation, which this version cannot do"
                                    + " yet"));
        }
    }
}
