package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class EventApplierAllocationTest {
    private static final int WARM_UP = 400_000;
    private static final int EVENTS = 1_000_000;

    private final EventApplier<Posting, Line> applier =
            new EventApplier<>(
                    new Ledger(false),
                    new Posting.PostingCodec(),
                    new Line.LineCodec(),
                    DedupLimits.LINEAGE);
    private final EventHeader header = new EventHeader();
    private final ByteBuffer payload =
            ByteBuffer.allocateDirect(Posting.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long sequence;
    private long taken;
    private long repeated;

    @Test
    void allocatesNothingPerEventOnceItsMemoryIsFull() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(WARM_UP);
        taken = 0;
        repeated = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        run(EVENTS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / (double) EVENTS).as("bytes per event").isLessThan(0.01);
        assertThat(taken).isEqualTo(EVENTS - repeated);
        assertThat(repeated).isGreaterThan(EVENTS / 8);
    }

    /**
     * Numbered, keyed and nameless events, a repeat for every fourth, each with a tick and reports.
     */
    private void run(int events) {
        for (int i = 0; i < events; i++) {
            sequence++;
            long use = i % 4 == 3 ? sequence - 2 : sequence;
            if (use % 2 == 0) {
                header.id(IdScheme.CLIENT_REQUEST, use % 1_000, 1 + use / 1_000);
            } else if (use % 8 == 5) {
                header.id(IdScheme.NONE, 0, 0);
            } else {
                header.id(IdScheme.KEY, use * 31, use);
            }
            payload.clear();
            payload.put(Posting.ADD).putInt((int) (use % 4)).putLong(use % 100).flip();
            header.event(EventKind.APP, sequence, sequence * 10);
            Outcome<Line> outcome = applier.apply(header, payload, 7);
            if (outcome.isDuplicate()) {
                repeated++;
            } else if (outcome.kind() == Outcome.Kind.APPLIED) {
                taken++;
            }
        }
    }
}
