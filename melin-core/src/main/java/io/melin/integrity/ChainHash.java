package io.melin.integrity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A value of the hash chain: 32 bytes, immutable. It anchors a segment, or seals one. */
public final class ChainHash {
    /** Size of a value. */
    public static final int BYTES = 32;

    private final byte[] value;

    private ChainHash(byte[] value) {
        this.value = value;
    }

    /**
     * @throws IllegalArgumentException unless {@code value} has 32 bytes
     */
    public static ChainHash of(byte[] value) {
        if (value.length != BYTES) {
            throw new IllegalArgumentException("chain hash: bytes=" + value.length);
        }
        return new ChainHash(value.clone());
    }

    /** Reads 32 bytes at an absolute index. */
    public static ChainHash read(ByteBuffer in, int at) {
        byte[] value = new byte[BYTES];
        in.get(at, value);
        return new ChainHash(value);
    }

    /** Writes 32 bytes at an absolute index. */
    public void write(ByteBuffer out, int at) {
        out.put(at, value);
    }

    byte[] bytes() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChainHash hash && Arrays.equals(value, hash.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }
}
