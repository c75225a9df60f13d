package io.melin.journal;

import java.nio.ByteBuffer;

/** Zeros to write, or to compare with. Threading: any; each caller gets a view of its own. */
final class Zeros {
    static final int BYTES_MAX = 256 << 10;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BYTES_MAX).asReadOnlyBuffer();

    private Zeros() {}

    /** A read-only view; its capacity is {@link #BYTES_MAX}. */
    static ByteBuffer view() {
        return ZEROS.duplicate();
    }
}
