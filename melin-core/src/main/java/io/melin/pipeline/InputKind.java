package io.melin.pipeline;

/**
 * What an input slot carries beside the journaled kinds of {@link io.melin.event.EventKind}, which
 * are positive: negative kinds have no sequence of their own and never reach the journal.
 */
final class InputKind {
    /** A query; its sequence is that of the last event before it. */
    static final byte QUERY = -1;

    private InputKind() {}

    static boolean isSequenced(byte kind) {
        return kind > 0;
    }
}
