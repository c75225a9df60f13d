package io.melin.bench.counter;

import io.melin.app.Application;
import io.melin.app.EventId;
import io.melin.app.Refusal;
import io.melin.bench.part.Recording;
import io.melin.pipeline.Admitter;
import io.melin.pipeline.Door;
import io.melin.pipeline.Doors;
import io.melin.pipeline.LiveState;
import io.melin.pipeline.OutputKind;
import io.melin.pipeline.Request;
import io.melin.ring.OutputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A door at which a window of requests always waits. A latency starts when its request is
 * submitted, and ends when its last report is delivered.
 *
 * <p>Threading: the compact layout's, one for ingress and response.
 */
final class LoadDoor implements Door {
    private static final int NUMBER = 1;

    private final Recording recording;
    private final ByteBuffer event;
    private final long[] startedNs;
    private final Request request = new Request().id(EventId.none());
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private long sent;
    private long answered;

    LoadDoor(Recording recording, int window, int eventBytes) {
        this.recording = recording;
        this.startedNs = new long[window];
        this.event = ByteBuffer.allocateDirect(eventBytes).order(ByteOrder.LITTLE_ENDIAN);
        event.putLong(0, 1);
    }

    /** Returns when the recording is over and all is answered. */
    void awaitEnd() {
        end.join();
    }

    @Override
    public int poll(Admitter admitter, int limit) {
        int taken = 0;
        boolean isOver = recording.isOver(System.nanoTime());
        while (!isOver && taken < limit && sent - answered < startedNs.length) {
            long nowNs = System.nanoTime();
            request.from(Doors.connection(NUMBER, 0), sent, nowNs);
            Refusal refusal = admitter.submit(request, event.clear());
            if (refusal != null) {
                throw new IllegalStateException("refused: " + refusal);
            }
            startedNs[(int) (sent++ % startedNs.length)] = nowNs;
            taken++;
        }
        if (isOver && answered == sent) {
            end.complete(null);
        }
        return taken;
    }

    @Override
    public void deliver(OutputSlot slot, ByteBuffer payload) {
        long total = payload.getLong(payload.position());
        if (slot.kind() != OutputKind.REPORT || total != ++answered) {
            throw new IllegalStateException("not counted: total=" + total + ", sent=" + sent);
        }
        long nowNs = System.nanoTime();
        recording.record(startedNs[(int) (slot.correlation() % startedNs.length)], nowNs);
    }

    @Override
    public void wire(Wakeup ingress, Wakeup own) {
        // the thread that delivers polls next
    }

    @Override
    public Stage background() {
        return new Idle();
    }

    @Override
    public void ask(long correlation, Application<?, ?> application, LiveState live) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public void flush() {
        // nobody waits elsewhere
    }

    @Override
    public int inFlight() {
        return (int) (sent - answered);
    }

    @Override
    public void close(@Nullable Throwable cause) {
        end.completeExceptionally(cause == null ? new IllegalStateException("closed") : cause);
    }

    /** A door has a stage, whether or not it needs one. */
    private static final class Idle implements Stage {
        @Override
        public String name() {
            return "load";
        }

        @Override
        public int doWork() {
            return 0;
        }
    }
}
