package io.melin.local;

import io.melin.app.Application;
import io.melin.app.Consistency;
import io.melin.app.Refusal;
import io.melin.pipeline.Admitter;
import io.melin.pipeline.Door;
import io.melin.pipeline.LiveState;
import io.melin.pipeline.OutputKind;
import io.melin.pipeline.Request;
import io.melin.ring.ArenaRing;
import io.melin.ring.OutputSlot;
import io.melin.ring.RingReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies behind a door, as far as a door can see: takes or refuses, and answers when told. */
final class FakeNode implements Admitter {
    /** A request as it was taken; without a payload it is a query. */
    record Taken(long correlation, byte @Nullable [] payload, long sequence) {}

    private record Live(long appliedSequence, long durableSequence, long timeNs)
            implements LiveState {
        @Override
        public long highestRequest(byte idScheme, long client) {
            return 0;
        }
    }

    final List<Taken> taken = new ArrayList<>();
    @Nullable Refusal refusal;
    int room = Integer.MAX_VALUE;

    private final Door door;
    private final Application<?, ?> application;
    private final ArenaRing<OutputSlot> output =
            ArenaRing.output(new ArenaRing.Config("output", 16, 1 << 16, 1 << 10));
    private final RingReader<OutputSlot> reader = output.reader("response");
    private long sequence;

    FakeNode(Door door, Application<?, ?> application) {
        this.door = door;
        this.application = application;
    }

    @Override
    public @Nullable Refusal submit(Request request, ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        if (admit(new Taken(request.correlation(), copy, sequence + 1)) == null) {
            payload.get(copy);
            sequence++;
            return null;
        }
        return refusal != null ? refusal : Refusal.OVERLOADED;
    }

    @Override
    public @Nullable Refusal query(Request request, Consistency consistency) {
        return admit(new Taken(request.correlation(), null, sequence));
    }

    private @Nullable Refusal admit(Taken request) {
        if (refusal != null) {
            return refusal;
        }
        if (room == 0) {
            return Refusal.OVERLOADED;
        }
        room--;
        taken.add(request);
        return null;
    }

    int poll() {
        return door.poll(this, 1_000);
    }

    /** Answers everything taken so far: a query by its answer, an event by echoing its bytes. */
    void answerAll() {
        for (Taken request : taken) {
            if (request.payload() == null) {
                door.ask(request.correlation(), application, new Live(sequence, 0, 0));
                deliver(request, OutputKind.ANSWER, new byte[0]);
            } else {
                deliver(request, OutputKind.REPORT, request.payload());
            }
        }
        taken.clear();
        door.flush();
    }

    void deliver(Taken request, byte kind, byte[] payload) {
        OutputSlot slot = output.tryClaim(payload.length);
        if (slot == null) {
            throw new AssertionError("no slot, and each is released at once");
        }
        output.payload(slot).put(payload);
        slot.kind(kind).flags(OutputKind.LAST).sequence(request.sequence()).timeNs(7);
        slot.connection(0).correlation(request.correlation()).receivedNs(0);
        output.publish();
        reader.available(1);
        door.deliver(reader.peek(0), reader.payload(reader.peek(0)));
        reader.release(1);
    }
}
