package io.melin.client;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.app.Refusal;
import io.melin.wire.RequestFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One request in flight.
 *
 * <p>K1: it has one number for life; a number is given when the frame is first sent, unless the
 * caller gave one. K2: either the loop gives the number, or the caller abandons the call before
 * that, never both. K3: it ends exactly once.
 *
 * <p>Threading: the caller, then over the inbox the loop thread, then over the latch
 * or the queue of finished calls the one who completes it; only the number is raced for.
 */
final class Call<R> {
    private static final long UNSENT = 0;
    private static final long ABANDONED = -1;

    /** The whole request frame, also for the next connection. */
    final byte[] frame;

    /** Whether the caller waits on {@link #finished} and decodes; else {@link #future} is asked. */
    final boolean isDirect;

    final long deadlineNs;
    final CompletableFuture<MelinResult<R>> future = new CompletableFuture<>();
    final CountDownLatch finished = new CountDownLatch(1);

    /** Loop: why the last attempt was refused; retried until the deadline. */
    @Nullable Refusal refusal;

    private final AtomicLong number = new AtomicLong(UNSENT);
    private final boolean isResubmit;
    private int unanswered;
    private @Nullable Outcome outcome;

    private Call(byte[] frame, Number number, long deadlineNs, boolean isDirect) {
        this.frame = frame;
        this.deadlineNs = deadlineNs;
        this.isDirect = isDirect;
        this.isResubmit = number.isUsed();
        if (number.value() != UNSENT) {
            assign(number.value());
        }
    }

    /**
     * What is known of the number when the call is made.
     *
     * @param value 0 while there is none
     * @param isUsed whether a request may have been sent under it before
     */
    record Number(long value, boolean isUsed) {
        static final Number NONE = new Number(UNSENT, false);
    }

    /** For a caller that waits. */
    static <R> Call<R> direct(byte[] frame, Number number, long deadlineNs) {
        return new Call<>(frame, number, deadlineNs, true);
    }

    /** For a future. */
    static <R> Call<R> deferred(byte[] frame, Number number, long deadlineNs) {
        return new Call<>(frame, number, deadlineNs, false);
    }

    /** Its number, 0 or less if it has none and never will be sent without one. */
    long number() {
        return number.get();
    }

    /** What a caller needs to submit it again. */
    EventId id(long client) {
        return client == 0 ? EventId.none() : EventId.of(client, number());
    }

    /** Loop: gives the number; false if the caller was faster to abandon it. */
    boolean assign(long given) {
        if (!number.compareAndSet(UNSENT, given)) {
            return false;
        }
        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putLong(RequestFrame.REQUEST, given);
        return true;
    }

    /** Caller: takes it back; false if it has a number and may be sent. */
    boolean abandon() {
        return number.compareAndSet(UNSENT, ABANDONED);
    }

    boolean isAbandoned() {
        return number.get() == ABANDONED;
    }

    /** Loop: it goes out. */
    void sent() {
        unanswered++;
    }

    /** Loop: an attempt was answered. */
    void answered() {
        unanswered--;
    }

    /** Loop: whether an attempt that nobody answered may have been applied. */
    boolean mayBeApplied() {
        return isResubmit || unanswered > 0;
    }

    boolean isFinished() {
        return outcome != null;
    }

    /** Loop, once. */
    void finish(Outcome end) {
        if (outcome != null) {
            throw new AssertionError("K3: a call ended twice: number=" + number());
        }
        outcome = end;
    }

    /** Whoever completes it. */
    Outcome outcome() {
        Outcome end = outcome;
        if (end == null) {
            throw new AssertionError("a call is completed before it ended: number=" + number());
        }
        return end;
    }

    boolean isOverdue(long nowNs) {
        return nowNs - deadlineNs >= 0;
    }
}
