package io.melin.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Positional only. Threading: one caller at a time. */
public interface StorageFile extends Closeable {

    String name();

    long size() throws IOException;

    /** Reads some bytes at {@code offset}; -1 at or past the end. */
    int read(ByteBuffer target, long offset) throws IOException;

    /** Writes some bytes at {@code offset}; may write fewer than remain. */
    int write(ByteBuffer source, long offset) throws IOException;

    /**
     * May begin to bring these bytes to stable media, and returns at once. A hint: it promises
     * nothing, and {@link #force} is still what says that they are there.
     *
     * @throws IOException as {@link #force}
     */
    default void beginForce(long offset, long bytes) throws IOException {
        // who cannot begin early does all of it in force
    }

    /**
     * Returns once the device has taken these bytes, for whoever writes much beside others: their
     * syncs then have no backlog to wait for. They are not on stable media before {@link #force},
     * though they may be. A failure means what one of that means.
     *
     * @throws IOException as {@link #force}
     */
    default void writeOut(long offset, long bytes) throws IOException {
        force(); // who cannot do it without
    }

    /**
     * Returns once all bytes written before are on stable media. After a failure nothing may be
     * assumed of any of them, and the call must not be repeated.
     */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    /**
     * Fills the target to its limit, or to the end of the file.
     *
     * @return bytes read
     */
    default int readFully(ByteBuffer target, long offset) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int count = read(target, offset + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    /**
     * Writes all remaining bytes; short writes go on, no progress at all is a failure.
     *
     * @throws IOException if a write fails or makes no progress; what was written is unknown
     */
    default void writeFully(ByteBuffer source, long offset) throws IOException {
        long next = offset;
        while (source.hasRemaining()) {
            int count = write(source, next);
            if (count <= 0) {
                throw new IOException(
                        "write made no progress: file=" + name() + ", offset=" + next);
            }
            next += count;
        }
    }
}
