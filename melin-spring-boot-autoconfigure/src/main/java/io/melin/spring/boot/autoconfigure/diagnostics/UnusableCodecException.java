package io.melin.spring.boot.autoconfigure.diagnostics;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No codec can be chosen for the events or the reports of the application. */
public final class UnusableCodecException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String type;
    private final String problem;
    private final String action;

    /**
     * @param type the event or report type
     * @param problem why there is no codec for it
     * @param action what to do about it
     */
    public UnusableCodecException(
            String type, String problem, String action, @Nullable Throwable cause) {
        super("no usable codec: type=" + type + ", problem=" + problem, cause);
        this.type = type;
        this.problem = problem;
        this.action = action;
    }

    public String type() {
        return type;
    }

    public String problem() {
        return problem;
    }

    public String action() {
        return action;
    }
}
