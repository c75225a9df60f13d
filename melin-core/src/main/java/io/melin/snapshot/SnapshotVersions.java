package io.melin.snapshot;

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

    private static void check(String what, int version) {
        if (version < 0 || version > MAX) {
            throw new IllegalArgumentException(
                    "version must be 0 to 65535: what=" + what + ", version=" + version);
        }
    }
}
