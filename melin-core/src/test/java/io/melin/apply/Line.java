package io.melin.apply;

import io.melin.app.Codec;
import java.nio.ByteBuffer;

/** A report of the {@link Ledger}, reused: a value and some filler. */
final class Line {
    long value;
    int filler;

    Line set(long value, int filler) {
        this.value = value;
        this.filler = filler;
        return this;
    }

    /** A negative filler cannot be encoded. */
    static final class LineCodec implements Codec<Line> {
        private final Line flyweight = new Line();

        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Line line) {
            return Long.BYTES + Math.max(0, line.filler);
        }

        @Override
        public void encode(Line line, ByteBuffer out) {
            if (line.filler < 0) {
                throw new IllegalArgumentException("unencodable line");
            }
            out.putLong(line.value);
            for (int i = 0; i < line.filler; i++) {
                out.put((byte) i);
            }
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() >= Long.BYTES;
        }

        @Override
        public Line decode(ByteBuffer in, int version) {
            return flyweight.set(in.getLong(), in.remaining());
        }

        @Override
        public LineCodec fresh() {
            return new LineCodec();
        }
    }
}
