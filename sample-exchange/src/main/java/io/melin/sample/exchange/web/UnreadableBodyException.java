package io.melin.sample.exchange.web;

/** The body is not one JSON object, or too large to be looked at. */
final class UnreadableBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    UnreadableBodyException(String detail, boolean tooLarge) {
        super(detail, null, false, false);
        this.tooLarge = tooLarge;
    }

    boolean isTooLarge() {
        return tooLarge;
    }
}
