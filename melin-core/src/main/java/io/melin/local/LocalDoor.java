package io.melin.local;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.pipeline.Admitter;
import io.melin.pipeline.Door;
import io.melin.pipeline.Doors;
import io.melin.pipeline.LiveState;
import io.melin.pipeline.OutputKind;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.Request;
import io.melin.ring.OutputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The door for callers of this process.
 *
 * <p>D1: calls in flight never exceed the permits, and both queues hold all permits, so that no
 * stage ever waits for a caller. D2: every call that was handed in completes exactly once: by its
 * terminator, by a refusal, or by {@link #close}.
 */
public final class LocalDoor<E, R> implements Door {

    /**
     * @param number this door's place among the doors of the pipeline, from 1
     * @param permits calls that may be in flight, 1 or more
     * @param payloadBytesMax largest event
     */
    public record Config(int number, int permits, int payloadBytesMax) {
        public Config {
            if (permits < 1) {
                throw new IllegalArgumentException("permits must be 1 or more: permits=" + permits);
            }
        }
    }

    private final Config config;
    private final PipelineMeters meters;
    private final Calls<E, R> calls;
    private final MpscVarHandleArrayQueue<Call<E, R>> inbox;
    private final FinishedCalls<E, R> finished;
    private final Request request = new Request();
    private final Stage completions;
    private volatile Wakeup ingressWakeup = Wakeup.NONE;
    private volatile @Nullable Closed closed;
    private @Nullable Call<E, R> pending;

    /** Why no more calls are taken: the failure, or null after an orderly stop. */
    private record Closed(@Nullable Throwable cause) {}

    public LocalDoor(Config config, Codec<E> events, Codec<R> reports, PipelineMeters meters) {
        this.meters = meters;
        this.config = config;
        this.calls = new Calls<>(config.permits(), events);
        this.inbox = new MpscVarHandleArrayQueue<>(Math.max(2, config.permits()));
        this.finished = new FinishedCalls<>(config.permits());
        this.completions = new Completions<>(this, reports);
    }

    @Override
    public void wire(Wakeup ingress, Wakeup own) {
        ingressWakeup = ingress;
        finished.wire(own);
    }

    @Override
    public Stage background() {
        return completions;
    }

    @Override
    public int inFlight() {
        return calls.inFlight();
    }

    @Override
    public int poll(Admitter admitter, int limit) {
        int taken = 0;
        while (taken < limit) {
            Call<E, R> call = pending != null ? pending : inbox.poll();
            pending = null;
            if (call == null) {
                break;
            }
            if (!call.phase.compareAndSet(Call.QUEUED, Call.TAKEN)) {
                continue;
            }
            Refusal refusal = admit(admitter, call);
            if (refusal == Refusal.OVERLOADED
                    && call.phase.compareAndSet(Call.TAKEN, Call.QUEUED)) {
                pending = call;
                break;
            }
            if (refusal != null) {
                finish(call, refused(refusal, "the node takes nothing now"));
                finished.signal();
            }
            taken++;
        }
        return taken;
    }

    private @Nullable Refusal admit(Admitter admitter, Call<E, R> call) {
        request.from(Doors.connection(config.number(), 0), call.index, call.receivedNs);
        if (call.isQuery()) {
            return admitter.query(request, call.consistency);
        }
        return admitter.submit(request.id(call.id), call.payload());
    }

    @Override
    public void ask(long correlation, Application<?, ?> application, LiveState live) {
        calls.at(correlation).answer(application, live);
    }

    @Override
    public void deliver(OutputSlot slot, ByteBuffer payload) {
        Call<E, R> call = calls.at(slot.correlation());
        call.outcome.take(slot, payload);
        if (OutputKind.isLast(slot.flags())) {
            finish(call, null);
        }
    }

    @Override
    public void flush() {
        finished.signal();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        closed = new Closed(cause);
        calls.forEach(call -> abandon(call, cause));
        finished.signal();
    }

    private void abandon(Call<E, R> call, @Nullable Throwable cause) {
        boolean isTaken = !call.phase.compareAndSet(Call.QUEUED, Call.DONE);
        if (isTaken && !call.phase.compareAndSet(Call.TAKEN, Call.DONE)) {
            return;
        }
        boolean isUnknown = isTaken && !call.isQuery();
        call.outcome.fail(
                isUnknown
                        ? new MelinUnknownOutcomeException(
                                call.id, "the node stopped before the policy was met", cause)
                        : stopped());
        finished.add(call);
    }

    /** Caller: a permit, or null when all are in flight. */
    @Nullable Call<E, R> permit() {
        return calls.take();
    }

    /** Why {@link #permit} gave none: after a close none ever comes back. */
    MelinRefusedException noPermit() {
        return isClosed()
                ? stopped()
                : refused(
                        Refusal.OVERLOADED,
                        "all permits are in flight: permits=" + config.permits());
    }

    private MelinRefusedException stopped() {
        return refused(Refusal.DRAINING, "the node has stopped");
    }

    /** A refusal, counted. */
    MelinRefusedException refused(Refusal refusal, String detail) {
        meters.countRefusal(refusal);
        return new MelinRefusedException(refusal, detail);
    }

    int payloadBytesMax() {
        return config.payloadBytesMax();
    }

    /** Caller: gives back a permit that was never handed in. */
    void giveBack(Call<E, R> call) {
        call.recycle();
        calls.giveBack(call);
    }

    /**
     * Caller: hands the call to the ingress; it is no longer the caller's.
     *
     * <p>A close either finds the call queued, or is seen here; then nobody may be left to complete
     * it, so the caller does, unless the close was faster (D2).
     */
    void handIn(Call<E, R> call) {
        CompletableFuture<@Nullable Object> future = call.future;
        call.phase.set(Call.QUEUED);
        if (isClosed()) {
            if (call.phase.compareAndSet(Call.QUEUED, Call.DONE)) {
                future.completeExceptionally(stopped());
            }
            return;
        }
        if (!inbox.offer(call)) {
            throw new AssertionError("D1: more calls handed in than permits: call=" + call.index);
        }
        ingressWakeup.signal();
    }

    /** Completion thread: the next call that is done, or null. */
    @Nullable Call<E, R> nextFinished() {
        return finished.poll();
    }

    /** Whether permits may be used again: not after a close, when a stalled stage may hold them. */
    boolean isClosed() {
        return closed != null;
    }

    private void finish(Call<E, R> call, @Nullable Throwable failure) {
        if (!call.phase.compareAndSet(Call.TAKEN, Call.DONE)) {
            return;
        }
        if (failure != null) {
            call.outcome.fail(failure);
        }
        finished.add(call);
    }
}
