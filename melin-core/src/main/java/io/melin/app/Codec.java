package io.melin.app;

import java.nio.ByteBuffer;

/**
 * Turns values into bytes and back; one codec for events, one for reports.
 *
 * <p>Threading: an instance is used by one thread at a time. {@link #fresh()} gives each thread its
 * own, so a codec may reuse flyweights.
 */
public interface Codec<T> {

    /** Version of the byte layout, 1 to 65,535. */
    int version();

    /**
     * The oldest version whose bytes {@link #decode} still reads, at most {@link #version()}.
     * Events of older ones are taken only as part of a snapshot.
     */
    default int oldestVersion() {
        return version();
    }

    /** Bytes that {@link #encode} will write, 0 or more. */
    int size(T value);

    /** Writes exactly {@link #size} bytes at the buffer's position. */
    void encode(T value, ByteBuffer out);

    /**
     * Whether {@link #decode} would succeed on the remaining bytes at the current {@link
     * #version()}. Total: any bytes in, a verdict out, nothing allocated. May move the position.
     */
    boolean isValid(ByteBuffer in);

    /** Reads exactly one value from all remaining bytes; the value may be a flyweight over them. */
    T decode(ByteBuffer in, int version);

    /** A codec for another thread. */
    default Codec<T> fresh() {
        return this;
    }
}
