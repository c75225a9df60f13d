package io.melin.snapshot;

import io.melin.app.SnapshotReader;
import java.io.IOException;

/** Takes a state back, to its last byte. */
@FunctionalInterface
public interface StateTarget {

    /**
     * Nothing of it may be used before the whole restore has returned: damage may show at the end.
     *
     * @throws SnapshotException if the header says that this cannot be taken
     */
    void read(SnapshotHeader header, SnapshotReader in) throws IOException;
}
