package io.melin.app;

/** The application declared that it does not take this event; its state is unchanged. */
public final class EventRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final long sequence;
    private final boolean duplicate;

    public EventRejectedException(String reason, long sequence, boolean duplicate) {
        super("event rejected: reason=" + reason + ", sequence=" + sequence, null, false, false);
        this.reason = reason;
        this.sequence = sequence;
        this.duplicate = duplicate;
    }

    /** What the application passed to {@link EventRejected}. */
    public String reason() {
        return reason;
    }

    public long sequence() {
        return sequence;
    }

    /** Whether this repeats the first outcome of an id that was submitted before. */
    public boolean isDuplicate() {
        return duplicate;
    }
}
