package io.melin.bench.limits;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.melin.bench.part.Samples;
import java.io.IOException;

/** A number to another thread over a ring, and back over a second one; both sides spin. */
final class RingLimit {
    private static final int SLOTS = 1_024;
    private static final long STOP = -1;

    private static final class Slot {
        private long value;
    }

    private final RingBuffer<Slot> there = ring();
    private final RingBuffer<Slot> back = ring();
    private final Sequence thereRead = new Sequence();
    private final Sequence backRead = new Sequence();
    private long sent;

    private RingLimit() {
        there.addGatingSequences(thereRead);
        back.addGatingSequences(backRead);
    }

    private static RingBuffer<Slot> ring() {
        return RingBuffer.createSingleProducer(Slot::new, SLOTS);
    }

    static Samples measure() throws IOException {
        RingLimit limit = new RingLimit();
        Thread far = new Thread(limit::answer, "ring");
        far.setDaemon(true);
        far.start();
        try {
            return Stopwatch.time("ring round trip, spinning", limit::roundTrip);
        } finally {
            put(limit.there, STOP);
        }
    }

    private void roundTrip() {
        put(there, ++sent);
        long value = take(back, backRead);
        if (value != sent) {
            throw new AssertionError("another number: sent=" + sent + ", value=" + value);
        }
    }

    private void answer() {
        long value = take(there, thereRead);
        while (value != STOP) {
            put(back, value);
            value = take(there, thereRead);
        }
    }

    private static void put(RingBuffer<Slot> ring, long value) {
        long sequence = ring.next();
        ring.get(sequence).value = value;
        ring.publish(sequence);
    }

    private static long take(RingBuffer<Slot> ring, Sequence read) {
        long next = read.get() + 1;
        while (ring.getCursor() < next) {
            Thread.onSpinWait();
        }
        long value = ring.get(next).value;
        read.set(next);
        return value;
    }
}
