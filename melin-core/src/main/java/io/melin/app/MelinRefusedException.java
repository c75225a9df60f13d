package io.melin.app;

import org.jspecify.annotations.Nullable;

/** The request was surely not applied. */
public final class MelinRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final @Nullable String primary;

    public MelinRefusedException(Refusal refusal, String detail) {
        this(refusal, detail, null);
    }

    /**
     * @param primary where the primary listens, if it is known
     */
    public MelinRefusedException(Refusal refusal, String detail, @Nullable String primary) {
        super(refusal + ": " + detail, null, false, false);
        this.refusal = refusal;
        this.primary = primary;
    }

    public Refusal refusal() {
        return refusal;
    }

    public boolean isRetryable() {
        return refusal.isRetryable();
    }

    public @Nullable String primary() {
        return primary;
    }
}
