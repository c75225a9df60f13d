package io.melin.pipeline;

import io.melin.app.Application;
import io.melin.ring.OutputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Door 1 of a single stage under test: keeps what is delivered, hands in what it is told to. */
final class TestDoor implements Door {
    static final long CONNECTION = Doors.connection(1, 0);

    /** {@code correlation:sequence=value}, and a full stop on the last of a request. */
    final List<String> delivered = new ArrayList<>();

    /** What the next poll does. */
    Runnable onPoll = () -> {};

    long restNs = Long.MAX_VALUE;

    @Override
    public void wire(Wakeup ingress, Wakeup own) {}

    @Override
    public Stage background() {
        throw new AssertionError("no threads here");
    }

    @Override
    public int poll(Admitter admitter, int limit) {
        onPoll.run();
        return 0;
    }

    @Override
    public long restNs() {
        return restNs;
    }

    @Override
    public void ask(long correlation, Application<?, ?> application, LiveState live) {}

    @Override
    public void deliver(OutputSlot slot, ByteBuffer payload) {
        String value = payload.remaining() == Long.BYTES ? "" + payload.getLong() : "-";
        String end = OutputKind.isLast(slot.flags()) ? "." : "";
        delivered.add(slot.correlation() + ":" + slot.sequence() + "=" + value + end);
    }

    @Override
    public void flush() {}

    @Override
    public int inFlight() {
        return 0;
    }

    @Override
    public void close(@Nullable Throwable cause) {}
}
