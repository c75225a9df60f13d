package io.melin.pipeline;

import io.melin.cursor.Cursor;
import io.melin.event.EventHeader;
import io.melin.journal.FrameBuffer;
import io.melin.ring.InputSlot;
import io.melin.ring.RingReader;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import io.melin.time.TimeSource;
import io.melin.trace.StageCounter;
import io.melin.trace.StageTag;
import io.melin.trace.StampWriter;
import io.melin.trace.TracePoint;

/**
 * Frames events for the disk: sequenced slots become journal entries, all others are passed over.
 *
 * <p>Where the disk's stage shares the thread, the disk begins here, before the application does:
 * both take their time at once. A full frame buffer makes it return; the slots behind it wait in
 * the ring.
 */
final class JournalStage implements Stage {

    record Ports(
            RingReader<InputSlot> input,
            FrameBuffer frames,
            Cursor framed,
            TimeSource time,
            PipelineMeters meters,
            Wakeup neighbours,
            Runnable writeAhead) {}

    private final int batchMax;
    private final Ports ports;
    private final StampWriter stamps;
    private final StageCounter events;
    private final EventHeader header = new EventHeader();

    JournalStage(int batchMax, Ports ports) {
        this.batchMax = batchMax;
        this.ports = ports;
        this.stamps = ports.meters().stamps().writer(TracePoint.FRAMED);
        this.events = ports.meters().counter(StageTag.JOURNAL);
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public int doWork() {
        RingReader<InputSlot> input = ports.input();
        int available = input.available(batchMax);
        long sequence = ports.framed().plain();
        int done = 0;
        while (done < available) {
            InputSlot slot = input.peek(done);
            if (InputKind.isSequenced(slot.kind())) {
                if (!frame(slot)) {
                    break;
                }
                sequence = slot.sequence();
            }
            done++;
        }
        if (done > 0) {
            input.release(done);
            if (sequence != ports.framed().plain()) {
                events.add(sequence - ports.framed().plain());
                events.publish();
                ports.frames().publish();
                ports.framed().publish(sequence);
                ports.writeAhead().run();
            }
            // After queries alone too: they held slots that the ingress may wait for.
            ports.neighbours().signal();
        }
        return done;
    }

    private boolean frame(InputSlot slot) {
        header.event(slot.kind(), slot.sequence(), slot.timeNs());
        header.id(slot.idScheme(), slot.idHigh(), slot.idLow());
        if (!ports.frames().tryAppend(header, ports.input().payload(slot))) {
            return false;
        }
        if (stamps.isSampled(slot.sequence())) {
            stamps.record(slot.sequence(), ports.time().tickerNs());
        }
        return true;
    }
}
