package io.melin.client;

import io.melin.wire.Code;
import org.jspecify.annotations.Nullable;

/**
 * The request was answered, but not as a submit is: the role forbids it, the server does not know
 * it, the query threw, or the answer could not be read. Not for retry.
 */
public final class MelinClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Code code;

    public MelinClientException(@Nullable Code code, String detail, @Nullable Throwable cause) {
        super((code == null ? "" : code + ": ") + detail, cause);
        this.code = code;
    }

    /** What the server sent; {@link Code#PROTOCOL} for an answer that cannot be read, or null. */
    public @Nullable Code code() {
        return code;
    }
}
