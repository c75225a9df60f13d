package io.melin.snapshot;

import java.io.Serializable;

/**
 * Where in a snapshot something was found; -1 for what does not apply.
 *
 * @param path of the file or directory
 * @param chunk index from 0
 * @param offset in the file
 * @param sequence of the last event in the snapshot, by its name
 */
public record SnapshotPlace(String path, long chunk, long offset, long sequence)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long NONE = -1;

    static SnapshotPlace of(String path, long sequence) {
        return new SnapshotPlace(path, NONE, NONE, sequence);
    }

    SnapshotPlace at(long newOffset) {
        return new SnapshotPlace(path, NONE, newOffset, sequence);
    }

    SnapshotPlace at(long newChunk, long newOffset) {
        return new SnapshotPlace(path, newChunk, newOffset, sequence);
    }

    /** In the grammar of messages: {@code path=..., chunk=...}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("path=").append(path);
        append(text, "chunk", chunk);
        append(text, "offset", offset);
        append(text, "sequence", sequence);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, long value) {
        if (value != NONE) {
            text.append(", ").append(name).append('=').append(value);
        }
    }
}
