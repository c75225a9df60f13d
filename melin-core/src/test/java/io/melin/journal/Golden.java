package io.melin.journal;

import io.melin.testing.HexFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes of each format, made once by other means than the code under test. */
final class Golden {
    private Golden() {}

    static String text(String name) {
        return HexFile.text(Golden.class, name);
    }

    static byte[] bytes(String name) {
        return HexFile.bytes(Golden.class, name);
    }

    /** A buffer with room behind the golden bytes, as zeros. */
    static ByteBuffer buffer(String name, int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(0, bytes(name));
    }
}
