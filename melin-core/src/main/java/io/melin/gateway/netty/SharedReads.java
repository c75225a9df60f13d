package io.melin.gateway.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Gives every read of one loop the same buffer, since its bytes are taken before the next read. One
 * read a channel and step, so that a flood on one channel is the others' turn too.
 */
final class SharedReads implements RecvByteBufAllocator {
    private final ByteBuf shared;
    private boolean hasFilled;

    /**
     * @param shared released by {@link #release}, not before
     */
    SharedReads(ByteBuf shared) {
        this.shared = shared;
    }

    /** A step of the loop begins. */
    void begin() {
        hasFilled = false;
    }

    /** Whether a read of this step filled the buffer, so that there may be more. */
    boolean hasFilled() {
        return hasFilled;
    }

    void release() {
        shared.release();
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Turn();
    }

    private final class Turn implements ExtendedHandle {
        private int attempted;
        private int last;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return shared.retain().clear();
        }

        @Override
        public int guess() {
            return shared.capacity();
        }

        @Override
        public void reset(ChannelConfig config) {
            last = 0;
        }

        @Override
        public void incMessagesRead(int count) {}

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
            hasFilled |= bytes == shared.capacity();
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return false;
        }

        @Override
        public void readComplete() {}
    }
}
