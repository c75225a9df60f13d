package io.melin.stage;

/** All stages have stopped for good; the cause is the first failure. */
public final class FailStopException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailStopException(FailStop.Failure failure) {
        super(failure.toString(), failure.cause());
    }
}
