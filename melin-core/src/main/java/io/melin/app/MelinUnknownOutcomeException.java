package io.melin.app;

import org.jspecify.annotations.Nullable;

/**
 * The event may or may not have been applied. Submit it again with the same id: the first outcome
 * comes back, once. Without an id there is no safe retry.
 */
public final class MelinUnknownOutcomeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient EventId id;

    public MelinUnknownOutcomeException(EventId id, String detail, @Nullable Throwable cause) {
        super("outcome unknown: " + detail + ", id=" + id, cause);
        this.id = id;
    }

    public EventId id() {
        return id;
    }
}
