package io.melin.pipeline;

import io.melin.apply.EventApplier;
import io.melin.cursor.Cursor;
import io.melin.event.EventHeader;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.ring.OutputSlot;
import io.melin.ring.RingReader;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import io.melin.time.TimeSource;
import io.melin.trace.StageCounter;
import io.melin.trace.StageTag;
import io.melin.trace.StampWriter;
import io.melin.trace.TracePoint;

/**
 * Applies events and asks queries in the one order, and puts what they caused on the output ring.
 *
 * <p>A1: an event is applied once and its reports are emitted once, in order. When the output ring
 * is full, the stage returns and goes on at the same report in its next step, in the middle of an
 * event if need be. A2: the input slot is released only after its last report was emitted.
 */
final class ApplicationStage<E, R> implements Stage {

    record Config(int batchMax, int codecVersion) {}

    record Ports<E, R>(
            RingReader<InputSlot> input,
            ArenaRing<OutputSlot> output,
            EventApplier<E, R> applier,
            Doors doors,
            PipelineCursors cursors,
            TimeSource time,
            PipelineMeters meters,
            Signals signals) {}

    /** Who is told: of new output, and of freed input. */
    record Signals(Wakeup downstream, Wakeup upstream) {}

    private final Config config;
    private final Ports<E, R> ports;
    private final Cursor applied;
    private final Emission<R> emission;
    private final EventHeader header = new EventHeader();
    private final StampWriter stamps;
    private final StageCounter events;
    private final Live live = new Live();
    private boolean emitting;

    ApplicationStage(Config config, Ports<E, R> ports) {
        this.config = config;
        this.ports = ports;
        this.stamps = ports.meters().stamps().writer(TracePoint.APPLIED);
        this.events = ports.meters().counter(StageTag.APPLICATION);
        this.applied = ports.cursors().applied();
        this.emission = new Emission<>(ports.output(), ports.applier().outcome());
    }

    @Override
    public String name() {
        return "application";
    }

    @Override
    public long sequence() {
        return header.sequence();
    }

    @Override
    public int doWork() {
        RingReader<InputSlot> input = ports.input();
        int available = input.available(config.batchMax());
        int done = 0;
        while (done < available && step(input.peek(done))) {
            done++;
        }
        boolean emitted = ports.output().unpublished() > 0;
        if (emitted) {
            ports.output().publish();
            ports.signals().downstream().signal();
        }
        if (done > 0) {
            input.release(done);
            events.add(ports.applier().lastSequence() - applied.plain());
            events.publish();
            applied.publish(ports.applier().lastSequence());
            ports.signals().upstream().signal();
        }
        return emitted && done == 0 ? 1 : done;
    }

    /** Takes one slot to its end; false when the output ring is full. */
    private boolean step(InputSlot slot) {
        if (!emitting) {
            begin(slot);
            emitting = true;
        }
        if (!emission.proceed(slot)) {
            return false;
        }
        emitting = false;
        return true;
    }

    private void begin(InputSlot slot) {
        if (!InputKind.isSequenced(slot.kind())) {
            ports.doors()
                    .of(slot.connection())
                    .ask(slot.correlation(), ports.applier().application(), live);
            emission.answer(slot);
            return;
        }
        header.event(slot.kind(), slot.sequence(), slot.timeNs());
        header.id(slot.idScheme(), slot.idHigh(), slot.idLow());
        ports.applier().apply(header, ports.input().payload(slot), config.codecVersion());
        ports.meters().countOutcome(ports.applier().outcome());
        if (stamps.isSampled(slot.sequence())) {
            stamps.record(slot.sequence(), ports.time().tickerNs());
        }
        emission.outcome(slot);
    }

    /** What a query may see beside the state. */
    private final class Live implements LiveState {
        @Override
        public long appliedSequence() {
            return ports.applier().lastSequence();
        }

        @Override
        public long durableSequence() {
            return ports.cursors().durable().acquire();
        }

        @Override
        public long timeNs() {
            return ports.applier().lastTimeNs();
        }

        @Override
        public long highestRequest(byte idScheme, long client) {
            return ports.applier().highestRequest(idScheme, client);
        }
    }
}
