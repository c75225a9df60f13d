package io.melin.testing;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.EventRejected;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Adds positive numbers; rejects zero; a negative one reports that many totals and changes nothing. */
public final class CounterApplication implements Application<Long, Long> {
    public long total;

    @Override
    public void apply(Long event, EventContext context, Reports<Long> reports) {
        if (event == 0) {
            throw new EventRejected("ZERO");
        }
        if (event == Long.MIN_VALUE) {
            throw new IllegalStateException("poison");
        }
        total += Math.max(0, event);
        long count = Math.max(1, -event);
        for (long i = 0; i < count; i++) {
            reports.add(total + i);
        }
    }

    @Override
    public CounterApplication fresh() {
        return new CounterApplication();
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        out.writeLong(total);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        total = in.readLong();
    }

    /** Eight bytes a number. */
    public static final Codec<Long> CODEC =
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
