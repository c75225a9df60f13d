package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameBufferTest {
    private static final int PAYLOAD_MAX = 1_000;
    private static final int CAPACITY = 4_096;
    private final MemoryFrames pieces = new MemoryFrames();

    private static boolean append(FrameBuffer frames, long sequence, int payloadBytes) {
        return frames.tryAppend(
                new EventHeader().event(EventKind.APP, sequence, sequence).id((byte) 0, 0, 0),
                ByteBuffer.allocate(payloadBytes));
    }

    private List<Entry> decode(FramedBatch batch) throws IOException {
        List<Entry> entries = pieces.entries(batch.first());
        entries.addAll(pieces.entries(batch.second()));
        return entries;
    }

    /** F2. */
    @Test
    void showsOnlyWhatIsPublished() {
        FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, 0);
        FramedBatch batch = frames.batch();

        assertThat(append(frames, 1, 10)).isTrue();
        assertThat(batch.acquire()).isFalse();
        frames.publish();
        assertThat(append(frames, 2, 10)).isTrue();

        assertThat(batch.acquire()).isTrue();
        assertThat(batch.lastSequence()).isEqualTo(1);
        assertThat(batch.bytes()).isEqualTo(EntryFrame.totalBytes(10));
        assertThat(frames.framedSequence().acquire()).isEqualTo(1);
    }

    /** F3. */
    @Test
    void refusesWhenFullAndGoesOnAfterTheRelease() throws IOException {
        FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, 0);
        long sequence = 0;
        while (append(frames, sequence + 1, 100)) {
            sequence++;
        }
        frames.publish();

        assertThat(sequence).isEqualTo(CAPACITY / EntryFrame.totalBytes(100));
        assertThat(frames.batch().acquire()).isTrue();
        assertThat(append(frames, sequence + 1, 100)).isFalse();
        assertThat(decode(frames.batch())).hasSize((int) sequence);

        frames.batch().release();
        assertThat(frames.backlogBytes()).isZero();
        assertThat(append(frames, sequence + 1, 100)).isTrue();
        frames.publish();
        assertThat(frames.batch().acquire()).isTrue();
        assertThat(frames.batch().lastSequence()).isEqualTo(sequence + 1);
    }

    @Test
    void takesTheLargestEntryWhateverCameBefore() {
        for (int before = 0; before < 200; before++) {
            FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, 0);
            Random random = new Random(before);
            for (long sequence = 1; sequence <= before; sequence++) {
                assertThat(append(frames, sequence, random.nextInt(PAYLOAD_MAX + 1))).isTrue();
                frames.publish();
                assertThat(frames.batch().acquire()).isTrue();
                frames.batch().release();
            }

            assertThat(append(frames, before + 1, PAYLOAD_MAX)).isTrue();
        }
    }

    /** {@link FrameRing} R1, R2. */
    @Test
    void handsOverEveryEntryInOrder() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, 0);
            List<Entry> written = new ArrayList<>();
            List<Entry> read = new ArrayList<>();
            int published = 0;
            int bound = 1 + random.nextInt(PAYLOAD_MAX);
            for (int step = 0; step < 2_000; step++) {
                int what = random.nextInt(10);
                if (what < 6) {
                    TestJournal.append(frames, written.size() + 1L, random, written, bound);
                } else if (what < 8) {
                    frames.publish();
                    published = written.size();
                } else if (frames.batch().acquire()) {
                    read.addAll(decode(frames.batch()));
                    assertThat(frames.batch().lastSequence())
                            .as("seed %d", seed)
                            .isEqualTo(published)
                            .isEqualTo(read.size());
                    frames.batch().release();
                }
            }

            assertThat(read).as("seed %d", seed).isEqualTo(written.subList(0, read.size()));
            assertThat(read).hasSizeGreaterThan(100);
        }
    }

    /** {@link FrameRing} R1, R2. */
    @Test
    void handsOverBetweenTwoThreads() throws Exception {
        int count = 200_000;
        FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, 0);
        Thread framer =
                new Thread(() -> {
                    Random random = new Random(1);
                    for (long sequence = 1; sequence <= count; ) {
                        if (append(frames, sequence, random.nextInt(200))) {
                            sequence++;
                        } else {
                            Thread.yield();
                        }
                        if (random.nextInt(3) == 0) {
                            frames.publish();
                        }
                    }
                    frames.publish();
                });
        framer.start();

        long expected = 1;
        FramedBatch batch = frames.batch();
        while (expected <= count) {
            if (!batch.acquire()) {
                Thread.yield();
                continue;
            }
            for (Entry entry : decode(batch)) {
                assertThat(entry.sequence()).isEqualTo(expected);
                expected++;
            }
            assertThat(batch.lastSequence()).isEqualTo(expected - 1);
            batch.release();
        }
        framer.join();
    }

    /** F1. */
    @Test
    void refusesAGapARepetitionAndAPayloadAboveTheLimit() {
        FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, 10);

        assertThatThrownBy(() -> append(frames, 12, 0))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected=11, found=12");
        assertThatThrownBy(() -> append(frames, 10, 0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> append(frames, 11, PAYLOAD_MAX + 1))
                .isInstanceOf(AssertionError.class);
        assertThat(append(frames, 11, PAYLOAD_MAX)).isTrue();
    }

    @Test
    void goesUpToTheLastSequence() {
        FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, Long.MAX_VALUE - 2);

        assertThat(append(frames, Long.MAX_VALUE - 1, 1)).isTrue();
        assertThat(append(frames, Long.MAX_VALUE, 1)).isTrue();
        frames.publish();

        assertThat(frames.batch().acquire()).isTrue();
        assertThat(frames.batch().lastSequence()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesACapacityThatCannotHoldTwoEntries() {
        assertThat(FrameBuffer.capacityBytesMin(PAYLOAD_MAX)).isEqualTo(4_096);
        assertThat(FrameBuffer.capacityBytesMin(979)).isEqualTo(2_048);
        assertThat(FrameBuffer.capacityBytesMin(16 << 20)).isEqualTo(64 << 20);
        assertThatThrownBy(() -> new FrameBuffer(2_048, PAYLOAD_MAX, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4096");
        assertThatThrownBy(() -> new FrameBuffer(5_000, PAYLOAD_MAX, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToReleaseWhatWasNotAcquired() {
        FrameBuffer frames = new FrameBuffer(CAPACITY, PAYLOAD_MAX, 0);

        assertThatThrownBy(() -> frames.batch().release()).isInstanceOf(AssertionError.class);
    }
}
