package io.melin.sample.exchange.web;

/** A symbol or an account in the path does not exist: 404. */
final class UnknownPathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    UnknownPathException(String field, String value) {
        super("unknown " + field + ": " + value, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }
}
