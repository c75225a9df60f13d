package io.melin.snapshot;

import io.melin.app.SnapshotWriter;
import java.io.IOException;

/** Writes a state, in an order that depends on the state alone. */
@FunctionalInterface
public interface StateSource {
    void write(SnapshotWriter out) throws IOException;
}
