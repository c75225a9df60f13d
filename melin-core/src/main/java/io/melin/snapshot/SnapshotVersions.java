package io.melin.snapshot;

import io.melin.snapshot.SnapshotException.SnapshotRestoreFailed;
import io.melin.snapshot.SnapshotException.UnsupportedApplicationVersion;
import io.melin.snapshot.SnapshotException.UnsupportedCodecVersion;

/**
 * The versions that a state depends on, each 0 to 65,535.
 *
 * @param application of its layout and behaviour
 * @param events of the event codec
 * @param reports of the report codec: reports are remembered for repeats
 */
public record SnapshotVersions(int application, int events, int reports) {
    private static final int MAX = 0xFFFF;

    public SnapshotVersions {
        check("application", application);
        check("events", events);
        check("reports", reports);
    }

    /**
     * Whether these can take a state of those: an older application's is for its restore to judge,
     * a newer one's is refused, and remembered reports have no version but their codec's.
     *
     * @throws SnapshotException if not
     */
    void requireTakes(SnapshotVersions found, SnapshotPlace place) {
        if (found.application > application) {
            throw new UnsupportedApplicationVersion(place, application, found.application, null);
        }
        if (found.events > events) {
            throw new UnsupportedCodecVersion(place, "events", events, found.events);
        }
        if (found.reports != reports) {
            throw new UnsupportedCodecVersion(place, "reports", reports, found.reports);
        }
    }

    /** What it means that an intact state was not taken. */
    SnapshotException refusal(SnapshotVersions found, SnapshotPlace place, Exception cause) {
        return found.application == application
                ? new SnapshotRestoreFailed(place, cause)
                : new UnsupportedApplicationVersion(place, application, found.application, cause);
    }

    private static void check(String what, int version) {
        if (version < 0 || version > MAX) {
            throw new IllegalArgumentException(
                    "version must be 0 to 65535: what=" + what + ", version=" + version);
        }
    }
}
