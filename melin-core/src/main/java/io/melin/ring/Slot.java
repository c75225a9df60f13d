package io.melin.ring;

/**
 * A reusable cell of an {@link ArenaRing}: primitives here, payload bytes in the ring's arena.
 *
 * <p>Threading: written by the ring's writer between claim and publish, read by every reader
 * between {@link RingReader#available} and {@link RingReader#release}; nobody keeps a slot beyond
 * that.
 */
public abstract class Slot {
    int payloadOffset;
    int payloadLength;

    /** Where the arena is free again once this slot is released by the slowest reader. */
    long arenaEnd;

    Slot() {}

    /** Bytes that belong to this slot, 0 for none. */
    public final int payloadLength() {
        return payloadLength;
    }
}
