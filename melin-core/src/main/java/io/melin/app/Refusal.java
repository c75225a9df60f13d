package io.melin.app;

/** Why a request was surely not applied. */
public enum Refusal {
    /** No room now; try again later. */
    OVERLOADED(true),
    /** Another node takes the writes. */
    NOT_PRIMARY(true),
    /** The durability policy cannot be met right now. */
    POLICY_UNMET(true),
    /** A newer primary exists; this node is done. */
    FENCED(true),
    /** The node is stopping, or not started yet. */
    DRAINING(true),
    /** Below the floor of free disk space. */
    NO_SPACE(true),
    /** The payload is over the limit. */
    TOO_LARGE(false),
    /** The payload is not a valid event. */
    MALFORMED(false),
    /** The id was used before with another payload. */
    ID_CONFLICT(false);

    private final boolean retryable;

    Refusal(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request can succeed later without a change. */
    public boolean isRetryable() {
        return retryable;
    }
}
