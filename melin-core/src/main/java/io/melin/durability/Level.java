package io.melin.durability;

import java.util.Locale;

/** How well one node holds an event; each level includes the ones before it. */
public enum Level {
    /** Accepted into the node's input ring. Survives nothing by itself. */
    IN_MEMORY,

    /** Written, and the sync returned. */
    PERSISTED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The word for this level in a policy expression. */
    public String text() {
        return text;
    }
}
