package io.melin.node;

/** A stage had work and did not get on with it for the whole stall timeout. */
public final class StageStalledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StageStalledException(String stage) {
        super(
                "stage stands still: stage="
                        + stage
                        + "; look for a device that does not answer, or an application that loops");
    }
}
