package io.melin.pipeline;

import io.melin.apply.Outcome;
import io.melin.apply.ReportBuffer;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.ring.OutputSlot;

/**
 * Puts what one input slot caused on the output ring, as far as there is room, and remembers where
 * it stopped.
 *
 * <p>The last slot of a request carries {@link OutputKind#LAST}. What the node submits to itself
 * gets no slot at all. A slot's sequence is that of its outcome: a repeat waits for, and names, the
 * event whose outcome it repeats.
 */
final class Emission<R> {
    private final ArenaRing<OutputSlot> output;
    private final Outcome<R> outcome;
    private byte kind;
    private byte flags;
    private long sequence;
    private long timeNs;
    private int next;
    private int count;

    Emission(ArenaRing<OutputSlot> output, Outcome<R> outcome) {
        this.output = output;
        this.outcome = outcome;
    }

    /** Begins with the outcome of an event that was just applied. */
    void outcome(InputSlot origin) {
        begin(outcome.sequence(), outcome.timeNs());
        flags = outcome.isDuplicate() ? OutputKind.DUPLICATE : 0;
        count = 1;
        switch (outcome.kind()) {
            case APPLIED -> {
                int reports = outcome.reports().count();
                kind = reports == 0 ? OutputKind.EMPTY : OutputKind.REPORT;
                count = Math.max(1, reports);
            }
            case REJECTED -> kind = OutputKind.REJECTED;
            case ID_CONFLICT -> kind = OutputKind.ID_CONFLICT;
            case UNKNOWN_OUTCOME -> kind = OutputKind.UNKNOWN_OUTCOME;
            case NONE -> count = 0;
        }
        if (origin.connection() == Doors.INTERNAL) {
            count = 0;
        }
    }

    /** Begins with the answer of a query, which its door holds. */
    void answer(InputSlot origin) {
        begin(origin.sequence(), origin.timeNs());
        kind = OutputKind.ANSWER;
        flags = origin.flags();
        count = 1;
    }

    /**
     * Claims slots for what is left; false when the ring is full before the end.
     *
     * @param origin the slot that it began with
     */
    boolean proceed(InputSlot origin) {
        while (next < count) {
            OutputSlot slot = output.tryClaim(payloadBytes());
            if (slot == null) {
                return false;
            }
            fill(slot, origin);
            next++;
        }
        return true;
    }

    private void begin(long sequence, long timeNs) {
        this.sequence = sequence;
        this.timeNs = timeNs;
        this.next = 0;
    }

    private int payloadBytes() {
        return switch (kind) {
            case OutputKind.REPORT -> outcome.reports().payloadBytes(next);
            case OutputKind.REJECTED -> outcome.reasonBytes();
            default -> 0;
        };
    }

    private void fill(OutputSlot slot, InputSlot origin) {
        boolean last = next == count - 1;
        slot.kind(kind).flags((byte) (last ? flags | OutputKind.LAST : flags));
        slot.sequence(sequence).timeNs(timeNs);
        slot.connection(origin.connection())
                .correlation(origin.correlation())
                .receivedNs(origin.receivedNs());
        if (kind == OutputKind.REPORT) {
            ReportBuffer<R> reports = outcome.reports();
            output.payload(slot).put(reports.payload(next));
        } else if (kind == OutputKind.REJECTED) {
            outcome.writeReason(output.payload(slot));
        }
    }
}
