package io.melin.trace;

import java.util.List;
import java.util.Locale;

/** The stages by the names that meters, threads and traces give them. */
public enum StageTag {
    /** Admits and stamps. */
    INGRESS,

    /** Frames and checksums. */
    JOURNAL,

    /** Writes and syncs. */
    DISK,

    /** Applies. */
    APPLICATION,

    /** Gates and answers. */
    RESPONSE,

    /** Snapshots; not on the way of an event, so it has no span. */
    SHADOW;

    /** The stages that an event passes, in the order of its way. */
    public static final List<StageTag> TRACED =
            List.of(INGRESS, JOURNAL, DISK, APPLICATION, RESPONSE);

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The tag's value. */
    public String text() {
        return text;
    }
}
