package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.integrity.ChainHash;
import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.JournalPoisoned;
import io.melin.journal.JournalException.NodeStopped;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SegmentWriterTest {
    private static final String LIVE = JournalConfig.NAME;
    private final MemoryStorage storage = new MemoryStorage();
    private final Clock clock = new Clock();
    private final Random random = new Random(7);
    private final List<Entry> written = new ArrayList<>();
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final Journal journal =
            Journal.open(
                    TestJournal.config(),
                    new JournalPorts(storage, clock, isStopped::get, new Random(1)),
                    (header, payload, version) -> {});
    private final SegmentWriter writer = journal.writer();
    private final FrameBuffer frames = journal.frames();

    private void frame(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(TestJournal.append(frames, written.size() + 1L, random, written, 100))
                    .isTrue();
        }
        frames.publish();
    }

    private boolean writeOne() {
        frame(1);
        return writer.writeAndForce(frames);
    }

    private static boolean isSlot(String call, long offset) {
        return call.equals("write") && offset < SegmentHeader.ENTRIES;
    }

    /** J1, J3. */
    @Test
    void publishesAfterTheSyncAndReleasesLast() {
        List<String> seen = new ArrayList<>();
        storage.hook((call, file, offset, bytes) -> {
            seen.add(call);
            assertThat(writer.durableSequence().acquire()).isZero();
            assertThat(writer.durableProgress().sequence()).isZero();
            assertThat(frames.backlogBytes()).isPositive();
            return bytes;
        });
        frame(5);

        assertThat(writer.writeAndForce(frames)).isTrue();

        assertThat(seen).containsExactly("write", "force");
        assertThat(writer.durableSequence().acquire()).isEqualTo(5);
        assertThat(writer.durableProgress())
                .isEqualTo(
                        new DurableProgress(
                                5,
                                1,
                                SegmentHeader.ENTRIES
                                        + writer.counters().bytesWritten().acquire()));
        assertThat(frames.backlogBytes()).as("not hashed yet").isPositive();
        assertThat(writer.writeAndForce(frames)).isFalse();
        assertThat(frames.backlogBytes()).isZero();
    }

    /** J1: what was written ahead is not published before its sync, and not written twice. */
    @Test
    void writesAheadWhatTheNextSyncMakesDurable() {
        List<String> seen = new ArrayList<>();
        storage.hook((call, file, offset, bytes) -> {
            seen.add(call + " " + offset + " " + bytes);
            return bytes;
        });
        frame(5);
        int bytes = (int) frames.backlogBytes();

        writer.writeAhead(frames, sequence -> seen.add("durable " + sequence));

        String range = SegmentHeader.ENTRIES + " " + bytes;
        assertThat(seen).containsExactly("write " + range, "beginForce " + range);
        assertThat(writer.durableSequence().acquire()).isZero();
        assertThat(writer.durableProgress().sequence()).isZero();

        frame(2);
        writer.writeAhead(frames, sequence -> seen.add("durable " + sequence));
        assertThat(seen).as("one at a time").hasSize(2);
        assertThat(writer.writeAndForce(frames, sequence -> seen.add("durable " + sequence)))
                .isTrue();

        assertThat(seen.subList(2, seen.size())).containsExactly("force 0 0", "durable 5");
        assertThat(writer.durableSequence().acquire()).isEqualTo(5);
        assertThat(writer.writeAndForce(frames)).as("what was framed meanwhile").isTrue();
        assertThat(writer.durableSequence().acquire()).isEqualTo(7);
        journal.close();
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    /** J3, and B1 of {@link BatchInHand}: ahead or not, the backlog before is hashed and released first. */
    @Test
    void writingAheadReleasesWhatIsDurable() {
        writeOne();
        assertThat(frames.backlogBytes()).isPositive();

        writer.writeAhead(frames, sequence -> {});

        assertThat(frames.backlogBytes()).isZero();
        assertThat(writer.writeAndForce(frames)).as("there was nothing to write").isFalse();
    }

    @Test
    void nobodySettlesBetweenAWriteAndItsSync() {
        frame(1);
        writer.writeAhead(frames, sequence -> {});

        assertThatThrownBy(writer::settle)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("between a write and its sync");
    }

    @Test
    void tellsItsListenerAfterPublishingAndHashesWithTheNextStep() {
        frame(5);
        ChainHash before = writer.chainHash();
        List<String> told = new ArrayList<>();
        DurableListener listener =
                new DurableListener() {
                    @Override
                    public void onDurable(long sequence) {
                        told.add("durable " + sequence);
                        assertThat(writer.durableSequence().acquire()).isEqualTo(sequence);
                        assertThat(frames.backlogBytes()).isPositive();
                    }

                    @Override
                    public void onReleased() {
                        told.add("released");
                        assertThat(frames.backlogBytes()).isZero();
                    }
                };

        assertThat(writer.writeAndForce(frames, listener)).isTrue();
        assertThat(told).containsExactly("durable 5");
        assertThat(writer.writeAndForce(frames, listener)).isFalse();

        assertThat(told).containsExactly("durable 5", "released");
        assertThat(writer.chainHash()).isNotEqualTo(before);
    }

    @Test
    void doesNothingWithoutABacklog() {
        int changes = storage.changes();

        assertThat(writer.writeAndForce(frames)).isFalse();

        assertThat(storage.changes()).isEqualTo(changes);
    }

    @Test
    void syncsOnceForAWholeBacklogEvenAcrossTheRingsEnd() {
        long syncsBefore = writer.counters().syncs().acquire();
        int batches = 0;
        while (writer.counters().bytesWritten().acquire() < 1_000_000) {
            frame(1 + random.nextInt(300));
            assertThat(writer.writeAndForce(frames)).isTrue();
            batches++;
        }

        assertThat(writer.counters().syncs().acquire() - syncsBefore).isEqualTo(batches);
        assertThat(writer.counters().batches().acquire()).isEqualTo(batches);
        journal.close();
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    @Test
    void countsSyncsAndTheirTimeAndTheBatchUnderWay() {
        DiskCounters counters = writer.counters();
        storage.hook((call, file, offset, bytes) -> {
            if (call.equals("force")) {
                clock.advance(5_000);
                assertThat(counters.inFlightNs(clock.tickerNs())).isEqualTo(5_000);
            }
            return bytes;
        });
        long before = counters.syncNsTotal().acquire();
        assertThat(counters.inFlightNs(clock.tickerNs())).isZero();

        assertThat(writeOne()).isTrue();
        assertThat(writeOne()).isTrue();

        assertThat(counters.syncNsTotal().acquire() - before).isEqualTo(10_000);
        assertThat(counters.syncNsMax().acquire()).isEqualTo(5_000);
        assertThat(counters.inFlightNs(clock.tickerNs())).isZero();
    }

    @Test
    void writesWatermarksOncePerTenMillisecondsOrSixtyFourSyncs() {
        List<Integer> batchesWithSlot = new ArrayList<>();
        int[] batch = {0};
        storage.hook((call, file, offset, bytes) -> {
            if (isSlot(call, offset)) {
                batchesWithSlot.add(batch[0]);
            }
            return bytes;
        });

        for (batch[0] = 1; batch[0] <= 200; batch[0]++) {
            assertThat(writeOne()).isTrue();
        }
        assertThat(batchesWithSlot).hasSize(3).allMatch(at -> at % 64 <= 3);

        batchesWithSlot.clear();
        for (batch[0] = 1; batch[0] <= 30; batch[0]++) {
            clock.advance(Watermarks.INTERVAL_NS / 3 + 1);
            assertThat(writeOne()).isTrue();
        }
        assertThat(batchesWithSlot).hasSize(10);
    }

    /** {@link Watermarks} M1, M2: a slot tells of the sync before the one it travels with. */
    @Test
    void recordsThePreviousSyncInAlternatingSlots() {
        DurableProgress[] before = {writer.durableProgress()};
        List<Long> offsets = new ArrayList<>();
        storage.hook((call, file, offset, bytes) -> {
            if (isSlot(call, offset)) {
                offsets.add(offset);
            }
            return bytes;
        });
        for (int i = 0; i < 20; i++) {
            before[0] = writer.durableProgress();
            clock.advance(Watermarks.INTERVAL_NS);
            assertThat(writeOne()).isTrue();
            if (i > 0) {
                assertThat(newestSlot().durableSequence()).isEqualTo(before[0].sequence());
                assertThat(newestSlot().durableEnd()).isEqualTo(before[0].offset());
            }
        }

        assertThat(offsets).hasSize(19);
        for (int i = 1; i < offsets.size(); i++) {
            assertThat(offsets.get(i)).isNotEqualTo(offsets.get(i - 1));
        }
    }

    private WatermarkSlot newestSlot() {
        try {
            SegmentHead head = SegmentHead.read(storage.openRead(LIVE), Place.of(LIVE));
            return Objects.requireNonNull(head.watermark());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesAFinalWatermarkOverEverythingWhenClosed() {
        for (int i = 0; i < 10; i++) {
            assertThat(writeOne()).isTrue();
        }
        DurableProgress end = writer.durableProgress();
        List<String> calls = new ArrayList<>();
        storage.hook((call, file, offset, bytes) -> {
            calls.add(call);
            return bytes;
        });

        journal.close();
        journal.close();

        assertThat(calls).containsExactly("write", "force");
        assertThat(newestSlot().durableSequence()).isEqualTo(10);
        assertThat(newestSlot().durableEnd()).isEqualTo(end.offset());
        assertThat(storage.isLocked()).isFalse();
        assertThatThrownBy(this::writeOne).isInstanceOf(JournalPoisoned.class);
    }

    /** J4, {@link ZeroAhead} Z1. */
    @Test
    void appendsOnlyIntoWrittenZeros() {
        long[] size = {SegmentHeader.ENTRIES + (long) TestJournal.PREZEROED_BYTES};
        storage.hook((call, file, offset, bytes) -> {
            if (call.equals("write")) {
                assertThat(offset == size[0] || offset + bytes <= size[0])
                        .as("%d bytes at %d, zeroed to %d", bytes, offset, size[0])
                        .isTrue();
                size[0] = Math.max(size[0], offset + bytes);
            }
            return bytes;
        });
        while (writer.counters().bytesWritten().acquire() < 2_000_000) {
            frame(1 + random.nextInt(400));
            assertThat(writer.writeAndForce(frames)).isTrue();
            assertThat(writer.writeAndForce(frames)).as("only hashed").isFalse();
            assertThat(size[0] - writer.durableProgress().offset())
                    .isBetween(
                            TestJournal.PREZEROED_BYTES / 2L, (long) TestJournal.PREZEROED_BYTES);
        }
    }

    @Test
    void hashesTheRawBytes() throws IOException {
        for (int i = 0; i < 50; i++) {
            frame(1 + random.nextInt(100));
            assertThat(writer.writeAndForce(frames)).isTrue();
        }
        SegmentHead head = SegmentHead.read(storage.openRead(LIVE), Place.of(LIVE));
        HashChain expected = new HashChain(head.header().anchor());
        int end = (int) writer.durableProgress().offset();
        expected.update(
                ByteBuffer.wrap(
                        storage.bytes(LIVE), SegmentHeader.ENTRIES, end - SegmentHeader.ENTRIES));

        assertThat(writer.chainHash()).isEqualTo(expected.value());
    }

    @Test
    void publishesNothingOnceTheNodeIsStopped() {
        assertThat(writeOne()).isTrue();
        storage.hook((call, file, offset, bytes) -> {
            isStopped.set(call.equals("force"));
            return bytes;
        });

        assertThatThrownBy(this::writeOne).isInstanceOf(NodeStopped.class);

        assertThat(writer.durableSequence().acquire()).isEqualTo(1);
        assertThat(writer.durableProgress().sequence()).isEqualTo(1);
        assertThat(frames.backlogBytes()).isPositive();
        isStopped.set(false);
        int changes = storage.changes();
        assertThatThrownBy(() -> writer.writeAndForce(frames)).isInstanceOf(JournalPoisoned.class);
        isStopped.set(true);
        journal.close();
        assertThat(storage.changes()).isEqualTo(changes);
        assertThat(storage.isLocked()).isFalse();
    }
}
