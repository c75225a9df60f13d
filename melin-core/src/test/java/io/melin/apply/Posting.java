package io.melin.apply;

import io.melin.app.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An event of the {@link Ledger}, reused. */
final class Posting {
    static final byte ADD = 1;
    static final byte THROW = 2;
    static final byte REJECT_AFTER_REPORT = 3;
    static final byte SWALLOW_BROKEN_REPORT = 4;
    static final byte REJECT_OUT_OF_A_BROKEN_REPORT = 5;
    static final int BYTES = 13;

    byte action;
    int reports;
    long amount;
    int codecVersion;

    static ByteBuffer bytes(byte action, int reports, long amount) {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(action).putInt(reports).putLong(amount).flip();
    }

    static final class PostingCodec implements Codec<Posting> {
        private final Posting flyweight = new Posting();

        @Override
        public int version() {
            return 7;
        }

        @Override
        public int size(Posting value) {
            return BYTES;
        }

        @Override
        public void encode(Posting value, ByteBuffer out) {
            out.put(value.action).putInt(value.reports).putLong(value.amount);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == BYTES;
        }

        @Override
        public Posting decode(ByteBuffer in, int version) {
            flyweight.action = in.get();
            flyweight.reports = in.getInt();
            flyweight.amount = in.getLong();
            flyweight.codecVersion = version;
            return flyweight;
        }

        @Override
        public PostingCodec fresh() {
            return new PostingCodec();
        }
    }
}
