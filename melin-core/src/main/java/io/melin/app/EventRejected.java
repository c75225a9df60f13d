package io.melin.app;

/**
 * Thrown by {@link Application#apply} before it changed anything: the event has its sequence, the
 * state is unchanged, and every node rejects it alike. Carries no stack trace, since it is a value.
 */
public final class EventRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what the caller is told; a pure function of state and event
     */
    public EventRejected(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        String reason = getMessage();
        return reason == null ? "" : reason;
    }
}
