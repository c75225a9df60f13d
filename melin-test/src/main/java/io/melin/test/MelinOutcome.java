package io.melin.test;

import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What became of one submit. Each method asserts one thing and gives the outcome back.
 *
 * @param <R> the report type
 */
public final class MelinOutcome<R> {
    private final CompletableFuture<MelinResult<R>> future;

    MelinOutcome(CompletableFuture<MelinResult<R>> future) {
        this.future = future;
    }

    /** The result of an event that was applied. */
    public MelinResult<R> result() {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new AssertionError("event was not applied: outcome=" + e.getCause(), e);
        }
    }

    public MelinOutcome<R> applied() {
        result();
        return this;
    }

    /** Exactly these reports, in this order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read, element by element
    public final MelinOutcome<R> outputs(R... expected) {
        require(result().reports().equals(List.of(expected)), "reports", List.of(expected));
        return this;
    }

    /** The first outcome of an id that was used before. */
    public MelinOutcome<R> isDuplicate() {
        require(result().duplicate(), "duplicate", true);
        return this;
    }

    public MelinOutcome<R> rejected(String reason) {
        require(
                failure() instanceof EventRejectedException rejected
                        && rejected.reason().equals(reason),
                "rejected",
                reason);
        return this;
    }

    public MelinOutcome<R> refused(Refusal refusal) {
        require(
                failure() instanceof MelinRefusedException refused && refused.refusal() == refusal,
                "refused",
                refusal);
        return this;
    }

    /** May or may not have been applied. */
    public MelinOutcome<R> unknown() {
        require(failure() instanceof MelinUnknownOutcomeException, "unknown outcome", true);
        return this;
    }

    /** What it failed with, or its result. */
    private Object failure() {
        try {
            return future.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            return cause == null ? e : cause;
        }
    }

    private void require(boolean holds, String what, Object expected) {
        if (!holds) {
            throw new AssertionError(what + ": expected=" + expected + ", outcome=" + failure());
        }
    }
}
