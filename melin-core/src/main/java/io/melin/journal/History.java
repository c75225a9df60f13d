package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import java.nio.ByteBuffer;

/** What the entries so far add up to. One owner. */
final class History {
    private long sequence;
    private long timeNs;
    private long epoch;
    private long entries;

    History() {}

    History(History other) {
        this.sequence = other.sequence;
        this.timeNs = other.timeNs;
        this.epoch = other.epoch;
        this.entries = other.entries;
    }

    /** A segment begins; what was trimmed before it counts by its header. */
    void begin(SegmentHeader header) {
        sequence = header.startSequence() - 1;
        timeNs = Math.max(timeNs, header.timeNs());
        epoch = Math.max(epoch, header.epoch());
    }

    /** Takes the next entry, its payload little-endian. */
    void add(EventHeader header, ByteBuffer payload) {
        sequence = header.sequence();
        timeNs = Math.max(timeNs, header.timeNs());
        entries++;
        if (header.kind() == EventKind.EPOCH) {
            epoch = Math.max(epoch, payload.getLong(payload.position()));
        }
    }

    /** Takes whole entries as they were framed, from position to limit; leaves both. */
    void addFramed(ByteBuffer framed) {
        int at = framed.position();
        while (at < framed.limit()) {
            sequence = framed.getLong(at + EntryFrame.SEQUENCE);
            timeNs = Math.max(timeNs, framed.getLong(at + EntryFrame.TIME_NS));
            if (framed.get(at + EntryFrame.KIND) == EventKind.EPOCH) {
                epoch = Math.max(epoch, framed.getLong(at + EntryFrame.PAYLOAD));
            }
            entries++;
            at += EntryFrame.total(framed, at);
        }
    }

    long sequence() {
        return sequence;
    }

    long timeNs() {
        return timeNs;
    }

    long epoch() {
        return epoch;
    }

    long entries() {
        return entries;
    }
}
