package io.melin.gateway;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of keys that cannot be read, or that holds something else than keys. */
public final class KeyFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String reason;

    KeyFileException(Path file, String reason, @Nullable Throwable cause) {
        super("the key file cannot be used: file=" + file + ", reason=" + reason, cause);
        this.file = file;
        this.reason = reason;
    }

    public Path file() {
        return file;
    }

    /** What is wrong, without the file's name. */
    public String reason() {
        return reason;
    }
}
