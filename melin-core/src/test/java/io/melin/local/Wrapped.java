package io.melin.local;

import io.melin.app.Codec;
import java.nio.ByteBuffer;

/** A codec to change one method of. */
class Wrapped implements Codec<Long> {
    private final Codec<Long> codec;

    Wrapped(Codec<Long> codec) {
        this.codec = codec;
    }

    @Override
    public int version() {
        return codec.version();
    }

    @Override
    public int size(Long value) {
        return codec.size(value);
    }

    @Override
    public void encode(Long value, ByteBuffer out) {
        codec.encode(value, out);
    }

    @Override
    public boolean isValid(ByteBuffer in) {
        return codec.isValid(in);
    }

    @Override
    public Long decode(ByteBuffer in, int version) {
        return codec.decode(in, version);
    }
}
