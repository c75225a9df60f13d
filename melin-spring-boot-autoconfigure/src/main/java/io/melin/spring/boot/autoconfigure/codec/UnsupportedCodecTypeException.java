package io.melin.spring.boot.autoconfigure.codec;

import java.io.Serial;

/** A type that the default codec could not read back, found before anything was journaled. */
public final class UnsupportedCodecTypeException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String type;
    private final String reason;

    /**
     * @param type the event or report type
     * @param reason what stands in the way, and where
     */
    UnsupportedCodecTypeException(String type, String reason) {
        super("type has no JSON form: type=" + type + ", reason=" + reason);
        this.type = type;
        this.reason = reason;
    }

    public String type() {
        return type;
    }

    public String reason() {
        return reason;
    }
}
