package io.melin.gateway;

import io.melin.app.Consistency;
import io.melin.app.Refusal;
import io.melin.event.IdScheme;
import io.melin.pipeline.Admitter;
import io.melin.pipeline.Door;
import io.melin.pipeline.LiveState;
import io.melin.pipeline.OutputKind;
import io.melin.pipeline.Request;
import io.melin.ring.ArenaRing;
import io.melin.ring.OutputSlot;
import io.melin.ring.RingReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rings, application and gate behind a door, each moved on by hand. */
final class FakePipeline implements Admitter {
    static final int PAYLOAD_BYTES_MAX = 1 << 14;

    private static final byte[] REASON = {'n', 'o'};

    /** A request as it was taken. */
    record Taken(Origin origin, long sequence, byte @Nullable [] event) {}

    record Origin(long connection, long correlation, String id) {}

    /** What an event caused: kind, how many slots, their first byte numbers. */
    private record Outcome(byte kind, int slots, long sequence, boolean isDuplicate) {}

    /** Slots of the input ring that are free. */
    int room = 64;

    /** Whatever there is, none of it is given. */
    boolean isFull;

    @Nullable Refusal refusal;

    /** Answers up to this sequence may leave. */
    long durable = Long.MAX_VALUE;

    final ArrayDeque<Taken> input = new ArrayDeque<>();

    /** How often each event was taken, by its nonce. */
    final Map<Long, Integer> takes = new HashMap<>();

    private final Map<String, Taken> firsts = new HashMap<>();
    private final ArenaRing<OutputSlot> output =
            ArenaRing.output(new ArenaRing.Config("output", 16, 1 << 16, 1 << 15));
    private final RingReader<OutputSlot> reader = output.reader("response");
    private long sequence;
    private int emitted;
    private boolean isAsked;

    long sequence() {
        return sequence;
    }

    @Override
    public @Nullable Refusal submit(Request request, ByteBuffer payload) {
        if (refusal != null) {
            return refusal;
        }
        if (payload.remaining() > PAYLOAD_BYTES_MAX) {
            return Refusal.TOO_LARGE;
        }
        if (room == 0 || isFull) {
            return Refusal.OVERLOADED;
        }
        byte[] event = new byte[payload.remaining()];
        payload.get(event);
        sequence++;
        takes.merge(
                ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).getLong(9), 1, Integer::sum);
        take(request, event);
        return null;
    }

    @Override
    public @Nullable Refusal query(Request request, Consistency consistency) {
        if (refusal != null || room == 0 || isFull) {
            return refusal != null ? refusal : Refusal.OVERLOADED;
        }
        take(request, null);
        return null;
    }

    private void take(Request request, byte @Nullable [] event) {
        room--;
        String id =
                request.idScheme() == IdScheme.NONE
                        ? ""
                        : request.idScheme() + "/" + request.idHigh() + "/" + request.idLow();
        Origin origin = new Origin(request.connection(), request.correlation(), id);
        input.add(new Taken(origin, sequence, event));
    }

    /** The application thread: so many output slots at most, as far as there is room. */
    int application(Door door, int limit) {
        int done = 0;
        while (done < limit && !input.isEmpty()) {
            Taken taken = input.element();
            if (taken.event() == null && !isAsked) {
                isAsked = true;
                Live live = new Live(taken.sequence());
                door.ask(taken.origin().correlation(), Probe.APPLICATION, live);
            }
            if (!emit(taken, outcome(taken))) {
                break;
            }
            done++;
        }
        output.publish();
        return done;
    }

    private Outcome outcome(Taken taken) {
        byte[] event = taken.event();
        if (event == null) {
            return new Outcome(OutputKind.ANSWER, 1, taken.sequence(), false);
        }
        String id = taken.origin().id();
        Taken first = id.isEmpty() ? taken : firsts.computeIfAbsent(id, key -> taken);
        if (first != taken && !Arrays.equals(first.event(), event)) {
            return new Outcome(OutputKind.ID_CONFLICT, 1, first.sequence(), false);
        }
        int count = ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
        byte kind = event[0] == Probe.REJECTED ? OutputKind.REJECTED : OutputKind.REPORT;
        if (kind == OutputKind.REPORT && count == 0) {
            kind = OutputKind.EMPTY;
        }
        int slots = kind == OutputKind.REPORT ? count : 1;
        return new Outcome(kind, slots, first.sequence(), first != taken);
    }

    private boolean emit(Taken taken, Outcome outcome) {
        while (emitted < outcome.slots()) {
            byte[] payload = payload(taken, outcome);
            OutputSlot slot = output.tryClaim(payload.length);
            if (slot == null) {
                return false;
            }
            output.payload(slot).put(payload);
            emitted++;
            int flags = emitted == outcome.slots() ? OutputKind.LAST : 0;
            flags |= outcome.isDuplicate() ? OutputKind.DUPLICATE : 0;
            slot.kind(outcome.kind()).flags((byte) flags);
            slot.sequence(outcome.sequence()).timeNs(7).receivedNs(0);
            slot.connection(taken.origin().connection());
            slot.correlation(taken.origin().correlation());
        }
        emitted = 0;
        isAsked = false;
        input.remove();
        room++;
        return true;
    }

    private byte[] payload(Taken taken, Outcome outcome) {
        byte[] event = taken.event();
        if (event == null || outcome.kind() != OutputKind.REPORT) {
            return outcome.kind() == OutputKind.REJECTED ? REASON : new byte[0];
        }
        ByteBuffer fields = ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN);
        int bytes = event[0] == Probe.UNSPEAKABLE ? 4 : fields.getInt(5);
        return bytes < Probe.REPORT_BYTES_MIN
                ? new byte[bytes]
                : Probe.report(bytes, fields.getLong(9), emitted);
    }

    /** The response thread: so many slots at most, as far as the gate is open. */
    int response(Door door, int limit) {
        int done = deliver(door, limit);
        if (done > 0) {
            door.flush();
        }
        return done;
    }

    /** As {@link #response}, stopped before the end of its step. */
    int deliver(Door door, int limit) {
        int available = reader.available(limit);
        int done = 0;
        while (done < available && reader.peek(done).sequence() <= durable) {
            OutputSlot slot = reader.peek(done);
            door.deliver(slot, reader.payload(slot));
            done++;
        }
        reader.release(done);
        return done;
    }

    private record Live(long appliedSequence) implements LiveState {
        @Override
        public long durableSequence() {
            return 0;
        }

        @Override
        public long timeNs() {
            return 0;
        }

        @Override
        public long highestRequest(byte idScheme, long client) {
            return client;
        }
    }
}
