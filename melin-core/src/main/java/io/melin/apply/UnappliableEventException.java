package io.melin.apply;

/**
 * An event that has its sequence but cannot be applied by this build: the node must stop, since to
 * go on without it is a silent divergence.
 */
public final class UnappliableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    UnappliableEventException(String message, long sequence) {
        super(message);
        this.sequence = sequence;
    }

    UnappliableEventException(String message, long sequence, Throwable cause) {
        super(message, cause);
        this.sequence = sequence;
    }

    /** Of the event that could not be applied. */
    public long sequence() {
        return sequence;
    }
}
