package io.melin.pipeline;

import io.melin.cursor.Cursor;
import io.melin.journal.DurableListener;
import io.melin.journal.FrameBuffer;
import io.melin.journal.SegmentWriter;
import io.melin.stage.DiskToken;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import io.melin.time.TimeSource;
import io.melin.trace.StageCounter;
import io.melin.trace.StageTag;
import io.melin.trace.StampWriter;
import io.melin.trace.TracePoint;
import java.io.IOException;

/**
 * Writes everything that is framed and syncs once. Holds the disk token while it runs, so that no
 * other thread can touch the journal's files.
 *
 * <p>The only stage that waits inside its step: for write and force.
 */
final class DiskStage implements Stage {

    record Ports(
            FrameBuffer frames,
            SegmentWriter writer,
            Cursor durable,
            DiskToken token,
            TimeSource time,
            PipelineMeters meters,
            Wakeup downstream,
            Wakeup upstream) {}

    private final Ports ports;
    private final StampWriter stamps;
    private final StageCounter events;
    private final DurableListener listener = new Listener();
    private long durable;

    DiskStage(Ports ports) {
        this.ports = ports;
        this.stamps = ports.meters().stamps().writer(TracePoint.DURABLE);
        this.events = ports.meters().counter(StageTag.DISK);
        this.durable = ports.durable().plain();
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public void onStart() {
        ports.token().acquire();
    }

    /**
     * Has the device begin with all that is framed. For a stage of the same thread, when others
     * have something to do before {@link #doWork}.
     */
    void writeAhead() {
        ports.token().assertHeld();
        ports.writer().writeAhead(ports.frames(), listener);
    }

    @Override
    public int doWork() throws IOException {
        ports.token().assertHeld();
        long before = durable;
        if (!ports.writer().writeAndForce(ports.frames(), listener)) {
            return 0;
        }
        return (int) (durable - before);
    }

    @Override
    public void onClose() {
        if (ports.token().isHeldByCaller()) {
            ports.token().release();
        }
    }

    private final class Listener implements DurableListener {

        @Override
        public void onDurable(long sequence) {
            if (stamps.anySampled(durable + 1, sequence)) {
                stamps.recordRange(durable + 1, sequence, ports.time().tickerNs());
            }
            events.add(sequence - durable);
            events.publish();
            durable = sequence;
            ports.durable().publish(durable);
            ports.downstream().signal();
        }

        @Override
        public void onReleased() {
            ports.upstream().signal();
        }
    }
}
