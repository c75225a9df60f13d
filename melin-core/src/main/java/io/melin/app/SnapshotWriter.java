package io.melin.app;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the state of an application as a stream of little-endian values. One thread. */
public interface SnapshotWriter {
    void writeByte(int value) throws IOException;

    void writeInt(int value) throws IOException;

    void writeLong(long value) throws IOException;

    /** A u32 length and UTF-8 bytes. */
    void writeString(String value) throws IOException;

    /** The remaining bytes as they are, without a length; the position moves to the limit. */
    void writeBytes(ByteBuffer source) throws IOException;
}
