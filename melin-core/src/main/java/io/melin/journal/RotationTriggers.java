package io.melin.journal;

import io.melin.time.TimeSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who wants the live segment to be rotated: its size, somebody who asked, a primary that announced
 * where.
 *
 * <p>T1: requests that wait share one rotation. T2: no entry behind an announced sequence is
 * written before the rotation at that sequence succeeded. T3: after a failure size and
 * announcements wait, a request does not. T4: whoever asked is told, on the executor, exactly once.
 *
 * <p>Threading: {@link #request}, {@link #after} and {@link #close} from any thread, the rest by
 * the holder of the disk work.
 */
final class RotationTriggers {
    static final long BACK_OFF_NS = 30_000_000_000L;

    private final long segmentBytes;
    private final TimeSource time;
    private final Executor teller;
    private final AtomicReference<@Nullable CompletableFuture<RotationResult>> request =
            new AtomicReference<>();
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Throwable closed;
    private long lastMark;
    private boolean isBackingOff;
    private long retryNs;

    /** An announcement. */
    private record Mark(long sequence, CompletableFuture<RotationResult> told) {}

    /**
     * @param segmentBytes size that is too large, 0 for none
     * @param teller completes futures, away from the threads that nobody may hold up
     */
    RotationTriggers(long segmentBytes, TimeSource time, Executor teller) {
        this.segmentBytes = segmentBytes;
        this.time = time;
        this.teller = teller;
    }

    /** Wants one rotation soon; joins a request that waits. */
    CompletableFuture<RotationResult> request() {
        while (true) {
            CompletableFuture<RotationResult> waiting = request.get();
            if (waiting != null) {
                return waiting.copy();
            }
            CompletableFuture<RotationResult> fresh = new CompletableFuture<>();
            if (request.compareAndSet(null, fresh)) {
                refuseIfClosed();
                return fresh.copy();
            }
        }
    }

    /**
     * Wants a rotation between a sequence and the next.
     *
     * @throws IllegalArgumentException unless it is higher than the one announced before
     */
    synchronized CompletableFuture<RotationResult> after(long sequence) {
        if (sequence <= lastMark) {
            throw new IllegalArgumentException(
                    "rotations are announced in order: sequence="
                            + sequence
                            + ", before="
                            + lastMark);
        }
        lastMark = sequence;
        Mark mark = new Mark(sequence, new CompletableFuture<>());
        marks.add(mark);
        refuseIfClosed();
        return mark.told.copy();
    }

    /** The sequence that must not be passed now. Read it after what is to be bounded (T2). */
    long boundary() {
        Mark next = marks.peek();
        return next == null ? Long.MAX_VALUE : next.sequence;
    }

    /** Whether to rotate now. Settles all wishes that need none. */
    boolean isDue(LiveSegment live) {
        settleMarks(live);
        if (live.isEmpty()) {
            CompletableFuture<RotationResult> asked = request.getAndSet(null);
            if (asked != null) {
                RotationResult empty = RotationResult.empty(live.tip().sequence());
                teller.execute(() -> asked.complete(empty));
            }
            return false;
        }
        if (request.get() != null) {
            return true;
        }
        boolean isWanted =
                boundary() == live.tip().sequence()
                        || (segmentBytes > 0 && live.tip().end() >= segmentBytes);
        return isWanted && !isTooSoon();
    }

    /** Whether a rotation behind this sequence was announced and is not told yet. */
    boolean isAnnounced(long lastSequence) {
        return boundary() == lastSequence;
    }

    private boolean isTooSoon() {
        isBackingOff &= time.tickerNs() - retryNs < 0;
        return isBackingOff;
    }

    private void settleMarks(LiveSegment live) {
        long durable = live.tip().sequence();
        long sealed = live.tip().startSequence() - 1;
        Mark mark = marks.peek();
        while (mark != null && (mark.sequence < durable || mark.sequence == sealed)) {
            marks.poll();
            settle(mark, sealed);
            mark = marks.peek();
        }
    }

    private void settle(Mark mark, long sealed) {
        if (mark.sequence == sealed) {
            // Rotated there already, for instance before a restart.
            RotationResult empty = RotationResult.empty(sealed);
            teller.execute(() -> mark.told.complete(empty));
        } else {
            IllegalStateException late =
                    new IllegalStateException(
                            "rotation was announced too late: sequence=" + mark.sequence);
            teller.execute(() -> mark.told.completeExceptionally(late));
        }
    }

    /** All wishes that the rotation fulfils. */
    void succeeded(RotationResult result) {
        isBackingOff = false;
        CompletableFuture<RotationResult> asked = request.getAndSet(null);
        Mark mark = marks.peek();
        boolean isMarked = mark != null && mark.sequence == result.lastSequence();
        if (isMarked) {
            marks.poll();
        }
        if (asked != null) {
            teller.execute(() -> asked.complete(result));
        }
        if (mark != null && isMarked) {
            teller.execute(() -> mark.told.complete(result));
        }
    }

    /** The old segment goes on: whoever asked is told, size and announcements wait. */
    void failed(Throwable cause) {
        isBackingOff = true;
        retryNs = time.tickerNs() + BACK_OFF_NS;
        CompletableFuture<RotationResult> asked = request.getAndSet(null);
        if (asked != null) {
            teller.execute(() -> asked.completeExceptionally(cause));
        }
    }

    /** No rotation will happen any more. */
    void close(Throwable cause) {
        if (closed == null) {
            closed = cause;
        }
        refuseIfClosed();
    }

    private void refuseIfClosed() {
        Throwable cause = closed;
        if (cause == null) {
            return;
        }
        CompletableFuture<RotationResult> asked = request.getAndSet(null);
        if (asked != null) {
            teller.execute(() -> asked.completeExceptionally(cause));
        }
        for (Mark mark = marks.poll(); mark != null; mark = marks.poll()) {
            CompletableFuture<RotationResult> told = mark.told;
            teller.execute(() -> told.completeExceptionally(cause));
        }
    }
}
