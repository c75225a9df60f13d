package io.melin.pipeline;

import io.melin.app.Consistency;
import io.melin.app.Refusal;
import io.melin.cursor.Cursor;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import io.melin.time.JournaledClock;
import io.melin.time.TimeSource;
import io.melin.trace.StageCounter;
import io.melin.trace.StageTag;
import io.melin.trace.StampWriter;
import io.melin.trace.TracePoint;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests and gives each event its sequence and time; the sole producer of the input ring.
 *
 * <p>I1: a sequence is given only after admission and after the slot was claimed, so that nothing
 * can fail between number and publish. I2: sequences are dense. I3: journaled time never decreases,
 * whatever the wall clock does.
 */
final class IngressStage implements Stage, Admitter {
    /** So late a tick may be, and so long is a wait for one that finds no room. */
    private static final long TICK_LATE_NS = 1_000_000;

    /**
     * @param doorLimit requests taken from one door before the others have their turn
     * @param payloadBytesMax largest event
     * @param tickNs interval of journaled ticks, 0 for none
     */
    record Config(int doorLimit, int payloadBytesMax, long tickNs) {}

    record Ports(
            ArenaRing<InputSlot> input,
            List<Door> doors,
            Admission admission,
            TimeSource time,
            PipelineMeters meters,
            Cursor stamped,
            Wakeup downstream) {}

    private final Config config;
    private final Ports ports;
    private final JournaledClock clock;
    private final StampWriter received;
    private final StampWriter published;
    private final StageCounter events;
    private long lastSequence;
    private long wallNs;
    private long nextTickNs;
    private boolean ticking;

    /**
     * @param lastTimeNs journaled time of the recovered log, 0 for an empty one
     */
    IngressStage(Config config, Ports ports, long lastTimeNs) {
        this.config = config;
        this.ports = ports;
        this.clock = new JournaledClock(lastTimeNs);
        this.received = ports.meters().stamps().writer(TracePoint.RECEIVED);
        this.published = ports.meters().stamps().writer(TracePoint.PUBLISHED);
        this.events = ports.meters().counter(StageTag.INGRESS);
        this.lastSequence = ports.stamped().plain();
    }

    @Override
    public String name() {
        return "ingress";
    }

    @Override
    public void onStart() {
        ports.doors().forEach(Door::enter);
    }

    @Override
    public void onClose() {
        ports.doors().forEach(Door::leave);
    }

    @Override
    public int doWork() {
        wallNs = ports.time().epochNs();
        int work = 0;
        List<Door> doors = ports.doors();
        for (int i = 0; i < doors.size(); i++) {
            work += doors.get(i).poll(this, config.doorLimit());
        }
        if (config.tickNs() > 0) {
            work += tick();
        }
        publish();
        return work;
    }

    /** Until the next tick, unless a door wants its turn before. */
    @Override
    public long restNs() {
        long restNs = Long.MAX_VALUE;
        if (ticking) {
            restNs = Math.max(TICK_LATE_NS, nextTickNs - ports.time().tickerNs());
        }
        List<Door> doors = ports.doors();
        for (int i = 0; i < doors.size(); i++) {
            restNs = Math.min(restNs, doors.get(i).restNs());
        }
        return restNs;
    }

    @Override
    public @Nullable Refusal submit(Request request, ByteBuffer payload) {
        Refusal refusal = ports.admission().writeRefusal();
        if (refusal == null && payload.remaining() > config.payloadBytesMax()) {
            refusal = Refusal.TOO_LARGE;
        }
        if (refusal != null) {
            return refusal;
        }
        InputSlot slot = ports.input().tryClaim(payload.remaining());
        if (slot == null) {
            return Refusal.OVERLOADED;
        }
        ports.input().payload(slot).put(payload);
        slot.idScheme(request.idScheme()).idHigh(request.idHigh()).idLow(request.idLow());
        origin(slot, request);
        long sequence = sequenced(slot, EventKind.APP, clock.stampEvent(wallNs));
        if (received.isSampled(sequence)) {
            received.record(sequence, request.receivedNs());
            published.record(sequence, ports.time().tickerNs());
        }
        return null;
    }

    @Override
    public @Nullable Refusal query(Request request, Consistency consistency) {
        Refusal refusal = ports.admission().readRefusal();
        if (refusal != null) {
            return refusal;
        }
        InputSlot slot = ports.input().tryClaim(0);
        if (slot == null) {
            return Refusal.OVERLOADED;
        }
        slot.kind(InputKind.QUERY).sequence(lastSequence).timeNs(clock.lastNs());
        slot.idScheme(IdScheme.NONE).idHigh(0).idLow(0);
        slot.flags(consistency == Consistency.LOCAL ? OutputKind.UNGATED : 0);
        origin(slot, request);
        return null;
    }

    private static void origin(InputSlot slot, Request request) {
        slot.connection(request.connection())
                .correlation(request.correlation())
                .receivedNs(request.receivedNs());
    }

    /** One tick when one is due and there is room; a late thread owes one tick, not a burst. */
    private int tick() {
        long nowNs = ports.time().tickerNs();
        if (!ticking) {
            ticking = true;
            nextTickNs = nowNs + config.tickNs();
        }
        if (nowNs - nextTickNs < 0 || ports.admission().writeRefusal() != null) {
            return 0;
        }
        InputSlot slot = ports.input().tryClaim(0);
        if (slot == null) {
            return 0;
        }
        nextTickNs = nowNs + config.tickNs();
        slot.idScheme(IdScheme.NONE).idHigh(0).idLow(0);
        slot.connection(Doors.INTERNAL).correlation(0).receivedNs(nowNs);
        sequenced(slot, EventKind.TICK, clock.stampTick(wallNs));
        return 1;
    }

    private long sequenced(InputSlot slot, byte kind, long timeNs) {
        long sequence = lastSequence + 1;
        slot.kind(kind).sequence(sequence).timeNs(timeNs).flags((byte) 0);
        lastSequence = sequence;
        return sequence;
    }

    private void publish() {
        if (ports.input().unpublished() == 0) {
            return;
        }
        ports.input().publish();
        events.add(lastSequence - ports.stamped().plain());
        events.publish();
        ports.stamped().publish(lastSequence);
        ports.downstream().signal();
    }
}
