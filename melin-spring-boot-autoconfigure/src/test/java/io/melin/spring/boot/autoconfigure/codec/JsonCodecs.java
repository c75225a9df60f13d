package io.melin.spring.boot.autoconfigure.codec;

import io.melin.app.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The default codecs, for a test that speaks the bytes of a node. */
public final class JsonCodecs {
    private JsonCodecs() {}

    public static <T> Codec<T> of(Class<T> type) {
        return new JacksonCodec<>(type, 1, type.getClassLoader());
    }

    /** The bytes of a value. */
    public static <T> byte[] bytes(Class<T> type, T value) {
        Codec<T> codec = of(type);
        ByteBuffer out = ByteBuffer.allocate(codec.size(value)).order(ByteOrder.LITTLE_ENDIAN);
        codec.encode(value, out);
        return out.array();
    }

    public static <T> T value(Class<T> type, byte[] bytes) {
        return of(type).decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 1);
    }
}
