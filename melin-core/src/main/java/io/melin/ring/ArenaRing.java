package io.melin.ring;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded hand-off of slots and their bytes from one writer to readers that each see everything.
 *
 * <p>R1: a slot and its bytes are not reused before every reader released the slot. R2: a payload
 * is contiguous; at the arena's end it starts over at the beginning, and the bytes left behind are
 * freed with it. R3: nothing that was claimed is visible before {@link #publish}, and then all of
 * it. R4: no call waits.
 *
 * <p>Threading: {@link #tryClaim}, {@link #payload}, {@link #publish} and {@link #unpublished}
 * belong to one writer at a time; ownership moves only over an edge that orders the two threads.
 * {@link #used} and {@link #capacity} may be called from any thread. Memory is touched at
 * construction, so that no event pays for a page fault.
 */
public final class ArenaRing<S extends Slot> {
    private static final long NOTHING = -1;
    private static final int PAGE_BYTES = 4096;

    private final Config config;
    private final RingBuffer<S> ring;
    private final ByteBuffer arena;
    private final ByteBuffer writerView;
    private final List<String> readers = new ArrayList<>();
    private volatile boolean wired;

    private long claimed = NOTHING;
    private long published = NOTHING;
    private long arenaHead;
    private long arenaFreed;

    /**
     * Sizes of a ring.
     *
     * @param name for messages and meters
     * @param slots a power of two, 2 or more
     * @param arenaBytes a power of two, at least twice {@code payloadBytesMax}: so much can a
     *     payload cost that does not fit before the arena's end
     * @param payloadBytesMax the largest payload, 0 or more
     */
    public record Config(String name, int slots, int arenaBytes, int payloadBytesMax) {
        public Config {
            requirePowerOfTwo(name, "slots", slots);
            requirePowerOfTwo(name, "arenaBytes", arenaBytes);
            if (payloadBytesMax < 0 || 2L * payloadBytesMax > arenaBytes) {
                throw new IllegalArgumentException(
                        "ring cannot hold its largest payload twice: ring="
                                + name
                                + ", payloadBytesMax="
                                + payloadBytesMax
                                + ", arenaBytes="
                                + arenaBytes);
            }
        }

        private static void requirePowerOfTwo(String name, String what, int value) {
            if (value < 2 || Integer.bitCount(value) != 1) {
                throw new IllegalArgumentException(
                        "ring size is no power of two, 2 or more: ring="
                                + name
                                + ", "
                                + what
                                + "="
                                + value);
            }
        }
    }

    ArenaRing(Config config, Supplier<S> slots) {
        this.config = config;
        // The strategy is never asked to wait; this one's signal on publish is empty.
        ring =
                RingBuffer.createSingleProducer(
                        slots::get, config.slots(), new BusySpinWaitStrategy());
        arena = ByteBuffer.allocateDirect(config.arenaBytes());
        for (int offset = 0; offset < config.arenaBytes(); offset += PAGE_BYTES) {
            arena.put(offset, (byte) 0);
        }
        writerView = arena.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A ring of events towards the journal and the application. */
    public static ArenaRing<InputSlot> input(Config config) {
        return new ArenaRing<>(config, InputSlot::new);
    }

    /** A ring of reports towards the gate. */
    public static ArenaRing<OutputSlot> output(Config config) {
        return new ArenaRing<>(config, OutputSlot::new);
    }

    /**
     * A new reader, which from now on holds the writer back until it releases.
     *
     * <p>Fails: {@link IllegalStateException} after the first claim, since a late reader could not
     * have seen what was freed before it came.
     */
    public synchronized RingReader<S> reader(String readerName) {
        if (wired) {
            throw new IllegalStateException(
                    "reader came after the first claim: ring="
                            + config.name()
                            + ", reader="
                            + readerName);
        }
        if (readers.contains(readerName)) {
            throw new IllegalArgumentException(
                    "reader exists: ring=" + config.name() + ", reader=" + readerName);
        }
        readers.add(readerName);
        Sequence released = new Sequence(NOTHING);
        ring.addGatingSequences(released);
        return new RingReader<>(readerName, ring, released, arena);
    }

    /**
     * The next slot with room for a payload, or null when no slot or not enough contiguous bytes
     * are free. The slot's own fields still hold old values.
     *
     * <p>Range: 0 to {@code payloadBytesMax}, anything else is an {@link IllegalArgumentException}.
     */
    public @Nullable S tryClaim(int payloadBytes) {
        if (payloadBytes < 0 || payloadBytes > config.payloadBytesMax()) {
            throw outOfRange(payloadBytes);
        }
        if (claimed == NOTHING) {
            closeWiring();
        }
        // Asked first and apart: a claim on a full ring would publish what is claimed so far (R3).
        if (!ring.hasAvailableCapacity(1)) {
            return null;
        }
        int offset = (int) (arenaHead & (config.arenaBytes() - 1));
        int untilEnd = config.arenaBytes() - offset;
        int skipped = payloadBytes > untilEnd ? untilEnd : 0;
        long end = arenaHead + skipped + payloadBytes;
        if (end - arenaFreed > config.arenaBytes() && end - refreshFreed() > config.arenaBytes()) {
            return null;
        }
        S slot = claimSlot();
        slot.payloadOffset = skipped == 0 ? offset : 0;
        slot.payloadLength = payloadBytes;
        slot.arenaEnd = end;
        arenaHead = end;
        return slot;
    }

    /**
     * The slot's bytes, from position to limit, little-endian. One buffer serves all slots: it is
     * the slot's until the next call.
     */
    public ByteBuffer payload(S slot) {
        return writerView
                .limit(slot.payloadOffset + slot.payloadLength)
                .position(slot.payloadOffset);
    }

    /** Makes all claimed slots visible to the readers at once: one release. */
    public void publish() {
        if (published != claimed) {
            published = claimed;
            ring.publish(claimed);
        }
    }

    /** Slots claimed and not published yet. Writer only. */
    public int unpublished() {
        return (int) (claimed - published);
    }

    /** Slots published and not released by the slowest reader. Threading: any; a snapshot. */
    public int used() {
        long released = ring.getMinimumGatingSequence();
        long visible = ring.getCursor();
        return (int) Math.min(config.slots(), Math.max(0, visible - released));
    }

    /** Slots in all. */
    public int capacity() {
        return config.slots();
    }

    public int payloadBytesMax() {
        return config.payloadBytesMax();
    }

    public String name() {
        return config.name();
    }

    private S claimSlot() {
        try {
            claimed = ring.tryNext();
        } catch (InsufficientCapacityException e) {
            throw new AssertionError("ring lost a free slot: ring=" + config.name(), e);
        }
        return ring.get(claimed);
    }

    /**
     * Reads the slowest reader's last released slot. A slot is free for the claim at hand, so that
     * one has not been claimed again and still tells where its bytes end.
     */
    private long refreshFreed() {
        long slowest = ring.getMinimumGatingSequence();
        if (slowest != NOTHING) {
            arenaFreed = ring.get(slowest).arenaEnd;
        }
        return arenaFreed;
    }

    private synchronized void closeWiring() {
        if (readers.isEmpty()) {
            throw new IllegalStateException("ring has no reader: ring=" + config.name());
        }
        wired = true;
    }

    private IllegalArgumentException outOfRange(int payloadBytes) {
        return new IllegalArgumentException(
                "payload does not fit the ring: ring="
                        + config.name()
                        + ", payloadBytes="
                        + payloadBytes
                        + ", payloadBytesMax="
                        + config.payloadBytesMax());
    }
}
