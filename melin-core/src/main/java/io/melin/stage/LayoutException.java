package io.melin.stage;

/** The layout asked for cannot be had on this machine; the message says why and what to do. */
public final class LayoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LayoutException(String message) {
        super(message);
    }
}
