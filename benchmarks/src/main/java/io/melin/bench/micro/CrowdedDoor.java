package io.melin.bench.micro;

import io.melin.app.Application;
import io.melin.event.IdScheme;
import io.melin.pipeline.Admitter;
import io.melin.pipeline.Door;
import io.melin.pipeline.Doors;
import io.melin.pipeline.LiveState;
import io.melin.pipeline.Request;
import io.melin.ring.OutputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import io.melin.time.SystemTime;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A door behind which a fixed number of requests always waits, and nobody for their answers. */
final class CrowdedDoor implements Door {
    private final int waiting;
    private final Request request = new Request().id(IdScheme.NONE, 0, 0);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(Events.PAYLOAD_BYTES);
    private long taken;
    private long answered;

    CrowdedDoor(int waiting) {
        this.waiting = waiting;
    }

    @Override
    public void wire(Wakeup ingress, Wakeup own) {}

    @Override
    public Stage background() {
        return new Stage() {
            @Override
            public String name() {
                return "crowd";
            }

            @Override
            public int doWork() {
                return 0;
            }
        };
    }

    @Override
    public int poll(Admitter admitter, int limit) {
        long receivedNs = SystemTime.INSTANCE.tickerNs();
        int count = Math.min(waiting, limit);
        for (int i = 0; i < count; i++) {
            taken++;
            request.from(Doors.connection(1, 1), taken, receivedNs);
            if (admitter.submit(request, payload.rewind()) != null) {
                throw new AssertionError("refused: taken=" + taken + ", answered=" + answered);
            }
        }
        return count;
    }

    @Override
    public void ask(long correlation, Application<?, ?> application, LiveState live) {
        throw new AssertionError("nobody asked");
    }

    @Override
    public void deliver(OutputSlot slot, ByteBuffer bytes) {
        answered++;
    }

    @Override
    public void flush() {}

    @Override
    public int inFlight() {
        return (int) (taken - answered);
    }

    @Override
    public void close(@Nullable Throwable cause) {}
}
