package io.melin.journal;

import java.io.Serializable;

/**
 * Where in a journal something was found; -1 for what does not apply.
 *
 * @param path of the file or directory
 * @param segment number
 * @param offset in the file
 * @param sequence of the entry concerned
 */
public record Place(String path, long segment, long offset, long sequence) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long NONE = -1;

    static Place of(String path) {
        return new Place(path, NONE, NONE, NONE);
    }

    Place segment(long number) {
        return new Place(path, number, offset, sequence);
    }

    Place at(long newOffset, long newSequence) {
        return new Place(path, segment, newOffset, newSequence);
    }

    /** In the grammar of messages: {@code path=..., segment=...}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("path=").append(path);
        append(text, "segment", segment);
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
