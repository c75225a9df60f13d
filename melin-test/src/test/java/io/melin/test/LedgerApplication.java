package io.melin.test;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.EventRejected;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journaled.JournaledApplication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers every value in the order in which it was applied, and every tick: what was applied twice,
 * lost, invented or reordered shows. Negative values are rejected; 1,000 and more report that often.
 */
public class LedgerApplication implements Application<Long, Long> {
    final List<Long> values = new ArrayList<>();
    final List<Long> ticksNs = new ArrayList<>();
    private final Duration tickInterval;

    LedgerApplication(Duration tickInterval) {
        this.tickInterval = tickInterval;
    }

    static JournaledApplication.Program<Long, Long> program(Duration tickInterval) {
        return new JournaledApplication.Program<>(
                new LedgerApplication(tickInterval), CODEC, CODEC);
    }

    @Override
    public void apply(Long event, EventContext context, Reports<Long> reports) {
        if (event < 0) {
            throw new EventRejected("NEGATIVE");
        }
        values.add(event);
        reports.add(context.sequence());
        for (long i = 1_000; i < event; i++) {
            reports.add(i);
        }
    }

    @Override
    public void tick(EventContext context, Reports<Long> reports) {
        ticksNs.add(context.timeNs());
    }

    @Override
    public Duration tickInterval() {
        return tickInterval;
    }

    @Override
    public LedgerApplication fresh() {
        return new LedgerApplication(tickInterval);
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        for (List<Long> list : List.of(values, ticksNs)) {
            out.writeInt(list.size());
            for (long value : list) {
                out.writeLong(value);
            }
        }
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        for (List<Long> list : List.of(values, ticksNs)) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                list.add(in.readLong());
            }
        }
    }

    /** Everything that a replay must give back. */
    record State(List<Long> values, List<Long> ticksNs) {}

    State state() {
        return new State(List.copyOf(values), List.copyOf(ticksNs));
    }

    /** Eight bytes a number. */
    static final Codec<Long> CODEC =
            new Codec<>() {
                @Override
                public int version() {
                    return 1;
                }

                @Override
                public int size(Long value) {
                    return Long.BYTES;
                }

                @Override
                public void encode(Long value, ByteBuffer out) {
                    out.putLong(value);
                }

                @Override
                public boolean isValid(ByteBuffer in) {
                    return in.remaining() == Long.BYTES;
                }

                @Override
                public Long decode(ByteBuffer in, int version) {
                    return in.getLong();
                }
            };
}
