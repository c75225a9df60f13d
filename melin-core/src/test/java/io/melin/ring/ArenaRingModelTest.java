package io.melin.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ring against a dumb model that marks every byte of the arena as free or taken. */
class ArenaRingModelTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheModelOnFixedSeeds(long seed) {
        run(seed);
    }

    @Test
    void agreesWithTheModelOnAFreshSeed() {
        run(new Random().nextLong());
    }

    /** Every payload at every place of the arena, on an otherwise empty ring (R2). */
    @Test
    void placesEverySizeAtEveryOffset() {
        int arenaBytes = 32;
        for (int offset = 0; offset < arenaBytes; offset++) {
            for (int size = 0; size <= arenaBytes / 2; size++) {
                placeAt(offset, size, arenaBytes);
            }
        }
    }

    private static void placeAt(int offset, int size, int arenaBytes) {
        ArenaRing<InputSlot> ring =
                ArenaRing.input(new ArenaRing.Config("r", 4, arenaBytes, arenaBytes / 2));
        RingReader<InputSlot> reader = ring.reader("reader");
        for (int left = offset; left > 0; ) {
            int step = Math.min(left, arenaBytes / 2);
            claim(ring, step);
            left -= step;
            ring.publish();
            reader.release(reader.available(9));
        }

        ByteBuffer out = ring.payload(claim(ring, size));
        assertThat(out.remaining()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            out.put((byte) (offset + i));
        }
        ring.publish();

        assertThat(reader.available(9)).isEqualTo(1);
        ByteBuffer in = reader.payload(reader.peek(0));
        assertThat(in.remaining()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            assertThat(in.get()).isEqualTo((byte) (offset + i));
        }
        reader.release(1);
        // R2: the bytes skipped at the end came back too, so twice the largest fits again.
        claim(ring, arenaBytes / 2);
    }

    private static InputSlot claim(ArenaRing<InputSlot> ring, int bytes) {
        return Objects.requireNonNull(ring.tryClaim(bytes), "no room for " + bytes);
    }

    private static void run(long seed) {
        System.out.println("ArenaRingModelTest: seed=" + seed + ", repeat with run(" + seed + "L)");
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            int slots = 2 << random.nextInt(4);
            int arenaBytes = 2 << random.nextInt(7);
            int max = random.nextInt(arenaBytes / 2 + 1);
            new Run(random, new ArenaRing.Config("r", slots, arenaBytes, max)).steps(2_000);
        }
    }

    private static final class Run {
        private final Random random;
        private final ArenaRing<InputSlot> ring;
        private final List<RingReader<InputSlot>> readers = new ArrayList<>();
        private final Model model;
        private long sequence;

        Run(Random random, ArenaRing.Config config) {
            this.random = random;
            ring = ArenaRing.input(config);
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                readers.add(ring.reader("reader" + i));
            }
            model = new Model(config, count);
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                switch (random.nextInt(5)) {
                    case 0, 1, 2 -> claim();
                    case 3 -> {
                        ring.publish();
                        model.visible = model.nextIndex;
                    }
                    default -> read(random.nextInt(readers.size()));
                }
                assertThat(ring.unpublished()).isEqualTo(model.nextIndex - model.visible);
                assertThat(ring.used()).isEqualTo(model.visible - model.oldest());
            }
        }

        private void claim() {
            int max = ring.payloadBytesMax();
            int bytes = random.nextInt(4) == 0 ? max : random.nextInt(max + 1);
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            boolean fits = model.claim(content);

            InputSlot slot = ring.tryClaim(bytes);

            assertThat(slot != null).as("a claim of %s bytes", bytes).isEqualTo(fits);
            if (slot != null) {
                ring.payload(slot.sequence(++sequence)).put(content);
            }
        }

        private void read(int index) {
            RingReader<InputSlot> reader = readers.get(index);
            int backlog = model.visible - model.released[index];
            int limit = 1 + random.nextInt(5);
            int available = reader.available(limit);
            assertThat(available).isEqualTo(Math.min(limit, backlog));
            assertThat(reader.backlog()).isEqualTo(backlog);
            for (int i = 0; i < available; i++) {
                InputSlot slot = reader.peek(i);
                assertThat(slot.sequence()).isEqualTo(model.released[index] + i + 1);
                byte[] found = new byte[slot.payloadLength()];
                reader.payload(slot).get(found);
                assertThat(found).isEqualTo(model.content(model.released[index] + i));
            }
            int count = random.nextInt(available + 1);
            reader.release(count);
            model.release(index, count);
        }
    }

    /** Marks bytes, and remembers what every slot holds until all readers let it go. */
    private static final class Model {
        private final ArenaRing.Config config;
        private final boolean[] taken;
        private final Deque<Held> held = new ArrayDeque<>();
        private final int[] released;
        private int nextIndex;
        private int visible;
        private int head;

        record Held(int index, byte[] content, List<Integer> bytes) {}

        Model(ArenaRing.Config config, int readers) {
            this.config = config;
            taken = new boolean[config.arenaBytes()];
            released = new int[readers];
        }

        boolean claim(byte[] content) {
            List<Integer> bytes = held.size() < config.slots() ? place(content.length) : null;
            if (bytes == null) {
                return false;
            }
            bytes.forEach(at -> taken[at] = true);
            head = (head + bytes.size()) % taken.length;
            held.addLast(new Held(nextIndex++, content, bytes));
            return true;
        }

        private @Nullable List<Integer> place(int length) {
            List<Integer> bytes = new ArrayList<>();
            int start = head;
            if (head + length > taken.length) {
                for (int at = head; at < taken.length; at++) {
                    bytes.add(at);
                }
                start = 0;
            }
            for (int at = start; at < start + length; at++) {
                bytes.add(at);
            }
            return bytes.stream().anyMatch(at -> taken[at]) ? null : bytes;
        }

        byte[] content(int index) {
            return held.stream()
                    .filter(slot -> slot.index() == index)
                    .findFirst()
                    .orElseThrow()
                    .content();
        }

        void release(int reader, int count) {
            released[reader] += count;
            while (!held.isEmpty() && held.getFirst().index() < oldest()) {
                held.removeFirst().bytes().forEach(at -> taken[at] = false);
            }
        }

        int oldest() {
            int oldest = Integer.MAX_VALUE;
            for (int position : released) {
                oldest = Math.min(oldest, position);
            }
            return oldest;
        }
    }
}
