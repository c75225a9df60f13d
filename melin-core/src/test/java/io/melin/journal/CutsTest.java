package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.event.EventHeader;
import io.melin.integrity.Crc32c;
import io.melin.journal.JournalException.DurableRegionDamaged;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A live segment, cut at every byte of its last 64 KiB of entries. {@link LiveRecovery} V1: at or
 * above the watermark the exact prefix recovers. V2, and {@link Recovery} Y1: below it the start is
 * refused, and not a byte is changed.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(300) // alone on two cores it takes a few seconds
class CutsTest {
    private static final String LIVE = JournalConfig.NAME;
    private static final int LAST_BYTES = 64 << 10;
    private static final int ENTRIES_END = 100 << 10;

    enum Cut {
        TRUNCATED {
            @Override
            byte[] apply(byte[] segment, int at) {
                return Arrays.copyOf(segment, at);
            }
        },
        ZEROED {
            @Override
            byte[] apply(byte[] segment, int at) {
                byte[] cut = segment.clone();
                Arrays.fill(cut, at, cut.length, (byte) 0);
                return cut;
            }
        };

        abstract byte[] apply(byte[] segment, int at);
    }

    private final Logger log = Logger.getLogger(Journal.class.getName());
    private final JournalConfig config = TestJournal.config();
    private final Random entropy = new Random(1);
    private final Clock clock = new Clock();
    private final List<Entry> written = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private byte[] segment = {};
    private int end;
    private int watermark;

    @BeforeEach
    void writeASegmentWithTheWatermarkInsideItsLast64KiB() throws IOException {
        log.setLevel(Level.OFF);
        MemoryStorage storage = new MemoryStorage();
        Journal journal = TestJournal.open(storage, clock, new ArrayList<>());
        // Few large entries, then mixed ones. The last watermark at about 68 KiB: from there on
        // time stands still, in fewer than 64 syncs.
        Random random = new Random(2);
        while (journal.writer().durableProgress().offset() < 30 << 10) {
            TestJournal.append(journal.frames(), written.size() + 1L, random, written, 8_000);
            journal.frames().publish();
            journal.writer().writeAndForce(journal.frames());
        }
        written.addAll(TestJournal.fill(journal, clock, 68 << 10, 1));
        while (journal.writer().durableProgress().offset() < ENTRIES_END) {
            for (int i = 0; i < 20; i++) {
                TestJournal.append(journal.frames(), written.size() + 1L, random, written);
            }
            journal.frames().publish();
            journal.writer().writeAndForce(journal.frames());
        }
        end = (int) journal.writer().durableProgress().offset();
        segment = storage.bytes(LIVE);
        SegmentHead head = SegmentHead.read(storage.openRead(LIVE), Place.of(LIVE));
        watermark = (int) Objects.requireNonNull(head.watermark()).durableEnd();
        int offset = SegmentHeader.ENTRIES;
        for (Entry entry : written) {
            offset += EntryFrame.totalBytes(entry.bytes().length());
            ends.add(offset);
        }
        assertThat(offset).isEqualTo(end);
        assertThat(ends).contains(watermark);
        assertThat(watermark).isBetween(end - LAST_BYTES + 20_000, end - 20_000);
        assertThat(segment.length).isBetween(256 << 10, 400 << 10);
    }

    @AfterEach
    void logAgain() {
        log.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource
    void recoverTheExactPrefixOrRefuseUntouched(Cut cut) throws IOException {
        int recovered = 0;
        int refused = 0;
        for (int at = end - LAST_BYTES; at <= end; at++) {
            byte[] bytes = cut.apply(segment, at);
            MemoryStorage storage = new MemoryStorage();
            int expected = intactEntries(bytes);
            int validEnd = expected == 0 ? SegmentHeader.ENTRIES : ends.get(expected - 1);
            if (validEnd >= watermark) {
                storage.put(LIVE, Arrays.copyOf(bytes, segment.length), bytes.length);
                recovers(storage, expected, at);
                recovered++;
            } else {
                refuses(storage, bytes, validEnd, expected + 1L);
                refused++;
            }
        }

        assertThat(recovered).isBetween(end - watermark, end - watermark + 8);
        assertThat(recovered + refused).isEqualTo(LAST_BYTES + 1);
    }

    /** Zeroing bytes that are zero already breaks nothing, so the position alone does not tell. */
    private int intactEntries(byte[] bytes) {
        int first = Arrays.mismatch(bytes, segment);
        int intactBytes = first < 0 ? bytes.length : first;
        int low = 0;
        int high = ends.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends.get(middle) <= intactBytes) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void recovers(MemoryStorage storage, int expected, int at) {
        Checker checker = new Checker();
        Journal journal = open(storage, checker);
        assertThat(checker.count).isEqualTo(expected);
        assertThat(journal.report().lastSequence()).isEqualTo(expected);
        assertThat(journal.report().validEnd()).isEqualTo(ends.get(expected - 1).longValue());
        assertThat(journal.report().tail().watermark()).isEqualTo(watermark);
        boolean isSampled = at % 251 == 0 || at == end || at == watermark;
        if (isSampled) {
            appendsAndRecoversAgain(storage, journal, expected);
        } else {
            journal.close();
        }
    }

    private void appendsAndRecoversAgain(MemoryStorage storage, Journal journal, int expected) {
        List<Entry> all = new ArrayList<>(written.subList(0, expected));
        all.addAll(TestJournal.fill(journal, clock, journal.report().validEnd() + 5_000, expected));
        boolean isOrderly = expected % 2 == 0;
        if (isOrderly) {
            journal.close();
        } else {
            storage.unlock();
        }
        List<Entry> again = TestJournal.replay(storage);
        assertThat(again).isEqualTo(all);
    }

    private void refuses(MemoryStorage storage, byte[] bytes, int validEnd, long sequence)
            throws IOException {
        storage.put(LIVE, bytes);
        try {
            open(storage, new Checker()).close();
            assertThat(validEnd).as("opened").isGreaterThanOrEqualTo(watermark);
        } catch (DurableRegionDamaged e) {
            assertThat(e.offset()).isEqualTo(validEnd);
            assertThat(e.sequence()).isEqualTo(sequence);
            assertThat(e.getMessage())
                    .contains("offset=" + validEnd, "sequence=" + sequence, "path=memory/" + LIVE);
        }
        assertThat(storage.changes()).isZero();
        assertThat(storage.holds(LIVE, bytes)).isTrue();
        assertThat(storage.isLocked()).isFalse();
    }

    private Journal open(MemoryStorage storage, Checker checker) {
        return Journal.open(
                config, new JournalPorts(storage, clock, () -> false, entropy), checker);
    }

    /** Compares what is replayed with what was written, by the checksum of the whole entry. */
    private final class Checker implements EntryConsumer {
        private final Crc32c crc = new Crc32c();
        private int count;

        @Override
        public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {
            int from = (count == 0 ? SegmentHeader.ENTRIES : ends.get(count - 1));
            Entry entry = written.get(count);
            count++;
            boolean isSame =
                    header.sequence() == entry.sequence()
                            && header.idHigh() == entry.high()
                            && payload.remaining() == entry.bytes().length()
                            && crc.of(payload, payload.position(), payload.limit())
                                    == crc.of(
                                            ByteBuffer.wrap(segment),
                                            from + EntryFrame.PAYLOAD,
                                            from + EntryFrame.PAYLOAD + entry.bytes().length());
            if (!isSame || codecVersion != 1) {
                throw new AssertionError("another entry than was written: " + header.sequence());
            }
        }
    }
}
