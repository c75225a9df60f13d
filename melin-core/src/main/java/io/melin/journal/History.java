package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the entries so far add up to. One owner. */
final class History {
    private long sequence;
    private long timeNs;
    private long epoch;
    private long entries;

    private final @Nullable RecoveryStart start;

    History(@Nullable RecoveryStart start) {
        this.start = start;
        ReplayStart.After after = start == null ? null : start.after();
        if (after != null) {
            timeNs = after.timeNs();
            epoch = after.epoch();
        }
    }

    /** To look ahead: every entry counts, and nothing is proven about a snapshot. */
    History(History other) {
        this.start = null;
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
        entries += isReplayed() ? 1 : 0;
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

    /** Whether the last entry lies behind the state that replay began from. */
    boolean isReplayed() {
        return start == null || sequence > start.sequence();
    }

    /** Where replay began; null for a look ahead. */
    @Nullable RecoveryStart start() {
        return start;
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

    /** Replayed. */
    long entries() {
        return entries;
    }
}
