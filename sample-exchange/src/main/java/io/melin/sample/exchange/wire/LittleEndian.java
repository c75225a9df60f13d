package io.melin.sample.exchange.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Longs in little-endian order at absolute offsets, whatever order the buffer is set to. */
final class LittleEndian {
    private LittleEndian() {}

    static long getLong(ByteBuffer bytes, int offset) {
        long value = bytes.getLong(offset);
        return bytes.order() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }

    static void putLong(ByteBuffer bytes, int offset, long value) {
        bytes.putLong(
                offset,
                bytes.order() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value));
    }
}
