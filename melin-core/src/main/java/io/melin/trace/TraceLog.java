package io.melin.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The records of the last sampled events, and of the slowest ones of this run.
 *
 * <p>Threading: the response stage adds, into slots that exist from the start; any thread reads
 * without a lock. L1: no record is torn. One that is overwritten faster than it can be read is left
 * out.
 */
public final class TraceLog {
    public static final int LAST_DEFAULT = 128;
    public static final int SLOWEST_DEFAULT = 32;

    private final RecordSlots last;
    private final RecordSlots slowest;
    private final long[] slowestNs;
    private long added;
    private int fastestOfSlowest;

    public TraceLog() {
        this(LAST_DEFAULT, SLOWEST_DEFAULT);
    }

    /**
     * Range: both at least 1. Fails: {@link IllegalArgumentException}.
     */
    public TraceLog(int lastCount, int slowestCount) {
        if (lastCount < 1 || slowestCount < 1) {
            throw new IllegalArgumentException(
                    "a trace log needs room: last=" + lastCount + ", slowest=" + slowestCount);
        }
        last = new RecordSlots(lastCount);
        slowest = new RecordSlots(slowestCount);
        slowestNs = new long[slowestCount];
    }

    /** Response stage only; {@code at} is read, not kept. */
    void add(long sequence, long[] at) {
        last.put((int) (added % last.count()), sequence, at);
        long endToEndNs = Spans.endToEnd(at);
        if (added < slowestNs.length) {
            replaceSlowest((int) added, sequence, at);
        } else if (endToEndNs > slowestNs[fastestOfSlowest]) {
            replaceSlowest(fastestOfSlowest, sequence, at);
        }
        added++;
    }

    private void replaceSlowest(int slot, long sequence, long[] at) {
        slowest.put(slot, sequence, at);
        slowestNs[slot] = Spans.endToEnd(at);
        for (int other = 0; other < slowestNs.length; other++) {
            if (slowestNs[other] < slowestNs[fastestOfSlowest]) {
                fastestOfSlowest = other;
            }
        }
    }

    /** The last records, newest first. Allocates. */
    public List<TraceRecord> last() {
        return read(last, Comparator.comparingLong(TraceRecord::sequence).reversed());
    }

    /** The slowest records from end to end, slowest first. Allocates. */
    public List<TraceRecord> slowest() {
        return read(slowest, Comparator.comparingLong(TraceRecord::endToEndNs).reversed());
    }

    private static List<TraceRecord> read(RecordSlots slots, Comparator<TraceRecord> order) {
        List<TraceRecord> records = new ArrayList<>(slots.count());
        for (int slot = 0; slot < slots.count(); slot++) {
            TraceRecord record = slots.read(slot);
            if (record != null) {
                records.add(record);
            }
        }
        records.sort(order);
        return records;
    }
}
