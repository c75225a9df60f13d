package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.JournalException.DurableRegionDamaged;
import io.melin.journal.JournalException.HeaderCorrupt;
import io.melin.journal.JournalException.NotAJournal;
import io.melin.journal.JournalException.UnsupportedJournalVersion;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A small segment with one bit flipped, for every byte below its watermark. */
class BitFlipTest {
    private static final String LIVE = Segments.LIVE;
    private final Logger log = Logger.getLogger(Journal.class.getName());
    private final MemoryStorage storage = new MemoryStorage();
    private List<Entry> written = List.of();
    private byte[] segment = {};
    private int watermark;

    @BeforeEach
    void writeASmallSegment() throws IOException {
        log.setLevel(Level.OFF);
        Clock clock = new Clock();
        try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
            written = TestJournal.fill(journal, clock, SegmentHeader.ENTRIES + 12_000, 1);
        }
        segment = storage.bytes(LIVE);
        SegmentHead head = SegmentHead.read(storage.openRead(LIVE), Place.of(LIVE));
        watermark = (int) Objects.requireNonNull(head.watermark()).durableEnd();
        assertThat(watermark)
                .isEqualTo(Segments.offsets(segment).get(written.size()))
                .isGreaterThan(SegmentHeader.ENTRIES + 12_000);
    }

    @AfterEach
    void logAgain() {
        log.setLevel(null);
    }

    /** {@link LiveRecovery} V2, {@link Recovery} Y1. */
    @Test
    @Timeout(300)
    void isSeenWhereverItIs() throws IOException {
        int mended = 0;
        for (int at = 0; at < watermark; at++) {
            byte[] flipped = segment.clone();
            flipped[at] = (byte) (flipped[at] ^ 1 << (at + at / 8) % 8);
            storage.put(LIVE, flipped);
            int changes = storage.changes();
            String where = "offset " + at;
            List<Entry> replayed = new ArrayList<>();
            try (Journal journal = TestJournal.open(storage, new Clock(), replayed)) {
                // Only what is kept twice, or says nothing here, may be mended: slots and seal.
                assertThat(at)
                        .as(where)
                        .isBetween(SegmentHeader.WATERMARK_PAGES, SegmentHeader.ENTRIES - 1);
                assertThat(journal.report().tail().notes()).as(where).hasSize(1);
                assertThat(replayed).as(where).isEqualTo(written);
                mended++;
            } catch (JournalException e) {
                assertThat(e).as(where).isInstanceOfAny(expected(at));
                assertThat(storage.holds(LIVE, flipped)).as(where).isTrue();
                assertThat(storage.changes()).as(where).isEqualTo(changes);
            }
        }

        assertThat(mended).isEqualTo(SegmentHeader.ENTRIES - SegmentHeader.WATERMARK_PAGES);
    }

    private static Class<?>[] expected(int at) {
        return at < SegmentHeader.PAGE_BYTES
                ? new Class<?>[] {
                    NotAJournal.class, UnsupportedJournalVersion.class, HeaderCorrupt.class
                }
                : new Class<?>[] {DurableRegionDamaged.class};
    }
}
