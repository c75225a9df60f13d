package io.melin.bench.counter;

import io.melin.app.Codec;
import java.nio.ByteBuffer;

/** A number in the first 8 bytes; zeros fill up the rest. */
public final class NumberCodec implements Codec<Number> {
    private final Number value = new Number(Long.BYTES);

    @Override
    public int version() {
        return 1;
    }

    @Override
    public int size(Number value) {
        return value.bytes;
    }

    @Override
    public void encode(Number value, ByteBuffer out) {
        int end = out.position() + value.bytes;
        out.putLong(value.value);
        while (out.position() < end) {
            out.put((byte) 0);
        }
    }

    @Override
    public boolean isValid(ByteBuffer in) {
        return in.remaining() >= Long.BYTES;
    }

    @Override
    public Number decode(ByteBuffer in, int version) {
        value.bytes = in.remaining();
        value.value = in.getLong();
        in.position(in.limit());
        return value;
    }

    @Override
    public Codec<Number> fresh() {
        return new NumberCodec();
    }
}
