package io.melin.sample.exchange.web;

/** The request cannot mean anything: 400, naming the field. */
final class InvalidFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidFieldException(String field, String detail) {
        super(field + ": " + detail, null, false, false);
        this.field = field;
    }

    static InvalidFieldException notBuilt(String field, String feature) {
        return new InvalidFieldException(field, "not built yet: " + feature);
    }

    String field() {
        return field;
    }
}
