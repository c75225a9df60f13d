package io.melin.gateway;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sums amounts, which are one mutable object per codec. */
final class Flyweights implements Application<Flyweights.Amount, Flyweights.Amount> {
    private final Amount total = new Amount();

    static final class Amount {
        long value;
    }

    static final class AmountCodec implements Codec<Amount> {
        private final Amount flyweight = new Amount();

        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Amount amount) {
            return Long.BYTES;
        }

        @Override
        public void encode(Amount amount, ByteBuffer out) {
            out.putLong(amount.value);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == Long.BYTES;
        }

        @Override
        public Amount decode(ByteBuffer in, int version) {
            flyweight.value = in.getLong();
            return flyweight;
        }

        @Override
        public AmountCodec fresh() {
            return new AmountCodec();
        }
    }

    @Override
    public void apply(Amount event, EventContext context, Reports<Amount> reports) {
        total.value += event.value;
        reports.add(total);
        reports.add(event);
    }

    @Override
    public Flyweights fresh() {
        return new Flyweights();
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        out.writeLong(total.value);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        total.value = in.readLong();
    }
}
