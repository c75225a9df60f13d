package io.melin.app;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives back what a {@link SnapshotWriter} took. Reading past the end fails. One thread. */
public interface SnapshotReader {
    byte readByte() throws IOException;

    int readInt() throws IOException;

    long readLong() throws IOException;

    String readString() throws IOException;

    /** Fills the target to its limit. */
    void readBytes(ByteBuffer target) throws IOException;
}
