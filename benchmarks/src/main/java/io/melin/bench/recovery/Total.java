package io.melin.bench.recovery;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journaled.JournaledApplication;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Adds numbers, and reports nothing. */
final class Total implements Application<Total.Value, Total.Value> {
    private long total;

    /** A flyweight: what is measured is the replay, not an allocator. */
    static final class Value {
        long number;
    }

    static JournaledApplication.Program<Value, Value> program() {
        return new JournaledApplication.Program<>(new Total(), new Numbers(), new Numbers());
    }

    @Override
    public void apply(Value event, EventContext context, Reports<Value> reports) {
        total += event.number;
    }

    @Override
    public Application<Value, Value> fresh() {
        return new Total();
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        out.writeLong(total);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        total = in.readLong();
    }

    private static final class Numbers implements Codec<Value> {
        private static final int BYTES = 2 * Long.BYTES;

        private final Value value = new Value();

        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Value value) {
            return BYTES;
        }

        @Override
        public void encode(Value value, ByteBuffer out) {
            out.putLong(value.number).putLong(0);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == BYTES;
        }

        @Override
        public Value decode(ByteBuffer in, int version) {
            value.number = in.getLong();
            in.position(in.limit());
            return value;
        }

        @Override
        public Codec<Value> fresh() {
            return new Numbers();
        }
    }
}
