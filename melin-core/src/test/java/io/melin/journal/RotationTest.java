package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.journal.RotationResult.Outcome;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rotations that go well: by request, by size, by announcement. */
class RotationTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    private static SegmentHead head(MemoryStorage storage, String name) throws IOException {
        return SegmentHead.read(storage.openRead(name), Place.of(name));
    }

    private static SealRecord seal(MemoryStorage storage, String archive) throws IOException {
        return Objects.requireNonNull(head(storage, archive).seal());
    }

    @Test
    void makesAnArchiveOfTheLiveSegmentAndGoesOnInTheNext() throws IOException {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(7);

            assertThat(run.rotate()).isEqualTo(new RotationResult(Outcome.FALLBACK, 1, 7));

            assertThat(run.writer().durableProgress())
                    .isEqualTo(new DurableProgress(7, 2, SegmentHeader.ENTRIES));
            byte[] archive = run.storage.bytes(Segments.archive(1));
            run.append(5);
            run.append(5);
            SealRecord seal = seal(run.storage, Segments.archive(1));
            SegmentHeader live = head(run.storage, Segments.LIVE).header();
            assertThat(run.storage.bytes(Segments.archive(1)))
                    .as("new entries land in the live segment, not in the archive")
                    .isEqualTo(archive)
                    .hasSize((int) seal.validEnd());
            assertThat(seal.lastSequence()).isEqualTo(7);
            assertThat(live.segment()).isEqualTo(2);
            assertThat(live.startSequence()).isEqualTo(8);
            assertThat(live.anchor()).isEqualTo(seal.tail());
            assertThat(run.storage.list()).containsExactly(Segments.LIVE, Segments.archive(1));
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    @Test
    void consumesNoSequenceAndLeavesTheChainToTheAnchors() throws IOException {
        try (RotatingJournal run = new RotatingJournal(0)) {
            for (int segment = 1; segment <= 5; segment++) {
                run.append(segment);
                assertThat(run.rotate().segment()).isEqualTo(segment);
            }
            for (int segment = 1; segment <= 5; segment++) {
                SegmentHeader next =
                        head(
                                        run.storage,
                                        segment < 5 ? Segments.archive(segment + 1) : Segments.LIVE)
                                .header();
                SealRecord seal = seal(run.storage, Segments.archive(segment));
                assertThat(next.anchor()).isEqualTo(seal.tail());
                assertThat(next.startSequence()).isEqualTo(seal.lastSequence() + 1);
            }
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** An empty archive would make two nodes differ. */
    @Test
    void leavesAnEmptySegmentAlone() {
        try (RotatingJournal run = new RotatingJournal(0)) {
            CompletableFuture<RotationResult> first = run.journal.rotate();
            assertThat(run.step()).isFalse();
            assertThat(first.join()).isEqualTo(new RotationResult(Outcome.EMPTY, 0, 0));
            run.append(3);
            run.rotate();
            int changes = run.storage.changes();

            CompletableFuture<RotationResult> again = run.journal.rotate();
            assertThat(run.step()).isFalse();

            assertThat(again.join()).isEqualTo(new RotationResult(Outcome.EMPTY, 0, 3));
            assertThat(run.storage.changes()).isEqualTo(changes);
        }
    }

    /** {@link RotationTriggers} T1, T4. */
    @Test
    void collapsesAStormOfRequestsIntoOneRotation() {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(3);
            List<CompletableFuture<RotationResult>> storm = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                storm.add(run.journal.rotate());
            }
            storm.get(7).cancel(true);

            assertThat(run.step()).isTrue();
            assertThat(run.step()).isFalse();

            assertThat(run.live()).isEqualTo(2);
            storm.remove(7);
            assertThat(storm).allMatch(told -> told.join().segment() == 1);
        }
    }

    @Test
    void rotatesAtTheFirstBacklogThatReachesTheSize() throws IOException {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            long batchBytes = 0;
            while (run.live() < 6) {
                long before = run.writer().counters().bytesWritten().acquire();
                run.append(20);
                batchBytes =
                        Math.max(
                                batchBytes,
                                run.writer().counters().bytesWritten().acquire() - before);
            }
            for (int segment = 1; segment < 6; segment++) {
                assertThat(seal(run.storage, Segments.archive(segment)).validEnd())
                        .isBetween(SEGMENT_BYTES, SEGMENT_BYTES + batchBytes - 1);
            }
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** A live segment that is too large when it is opened, for instance after a change. */
    @Test
    void rotatesAnIdleSegmentThatIsTooLarge() {
        MemoryStorage storage = new MemoryStorage();
        RotatingJournal large = new RotatingJournal(storage, 0, 1);
        while (large.writer().durableProgress().offset() < SEGMENT_BYTES) {
            large.append(20);
        }
        large.close();

        try (RotatingJournal run = new RotatingJournal(storage, SEGMENT_BYTES, 2)) {
            assertThat(run.step()).isTrue();
            assertThat(run.step()).isFalse();
            assertThat(run.live()).isEqualTo(2);
        }
    }

    /** {@link RotationTriggers} T2: two marks in the middle of one backlog. */
    @Test
    void rotatesExactlyWhereItWasAnnounced() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            try (RotatingJournal run = new RotatingJournal(0)) {
                List<Long> marks = new ArrayList<>();
                List<CompletableFuture<RotationResult>> told = new ArrayList<>();
                long last = 0;
                for (int round = 0; round < 20; round++) {
                    if (random.nextBoolean()) {
                        last = Math.max(last, run.written.size()) + 1 + random.nextInt(9);
                        marks.add(last);
                        told.add(run.journal.rotateAfter(last));
                    }
                    run.frame(random.nextInt(random.nextInt(4) == 0 ? 60 : 12));
                    for (int step = random.nextInt(6); step > 0; step--) {
                        run.step();
                    }
                }
                while (run.step()) {
                    run.clock.advance(1);
                }
                run.frame((int) Math.max(1, last + 1 - run.written.size()));
                while (run.step()) {
                    run.clock.advance(1);
                }

                for (int i = 0; i < marks.size(); i++) {
                    assertThat(told.get(i).join())
                            .isEqualTo(new RotationResult(Outcome.FALLBACK, i + 1, marks.get(i)));
                    assertThat(seal(run.storage, Segments.archive(i + 1)).lastSequence())
                            .isEqualTo(marks.get(i));
                }
                assertThat(run.replay()).isEqualTo(run.written);
            }
        }
    }

    @Test
    void skipsAMarkThatIsKeptAlreadyAndTellsOfOneThatCameTooLate() {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(5);
            run.rotate();
            run.append(4);

            CompletableFuture<RotationResult> kept = run.journal.rotateAfter(5);
            CompletableFuture<RotationResult> late = run.journal.rotateAfter(7);
            CompletableFuture<RotationResult> here = run.journal.rotateAfter(9);
            assertThat(run.step()).isTrue();

            assertThat(kept.join().outcome()).isEqualTo(Outcome.EMPTY);
            assertThatThrownBy(late::join).hasMessageContaining("too late: sequence=7");
            assertThat(here.join().lastSequence()).isEqualTo(9);
            assertThatThrownBy(() -> run.journal.rotateAfter(9))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sequence=9, before=9");
        }
    }

    /** The same entries, other backlogs: a mirror's archives are the same bytes. */
    @Test
    void makesTheSameArchivesWhateverTheBacklogsWere() throws IOException {
        RotatingJournal one = new RotatingJournal(new MemoryStorage(), 0, 5);
        RotatingJournal other = new RotatingJournal(new MemoryStorage(), 0, 5);
        Random random = new Random(9);
        for (long mark = 40; mark <= 200; mark += 40) {
            one.journal.rotateAfter(mark);
            other.journal.rotateAfter(mark);
        }
        while (one.written.size() < 210) {
            one.frame(1);
            one.step();
            one.clock.advance(random.nextInt(20_000_000));
        }
        other.frame(210);
        while (other.step()) {
            other.clock.advance(77);
        }

        for (int segment = 1; segment <= 5; segment++) {
            byte[] left = one.storage.bytes(Segments.archive(segment));
            byte[] right = other.storage.bytes(Segments.archive(segment));
            Arrays.fill(left, SegmentHeader.WATERMARK_PAGES, SegmentHeader.SEAL_PAGE, (byte) 0);
            Arrays.fill(right, SegmentHeader.WATERMARK_PAGES, SegmentHeader.SEAL_PAGE, (byte) 0);
            assertThat(left).isEqualTo(right);
        }
        one.close();
        other.close();
    }

    @Test
    void remembersTimeAndEpochInTheNextHeader() throws IOException {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(4);
            EventHeader epoch = new EventHeader().event(EventKind.EPOCH, 5, 2_000_000_000);
            ByteBuffer nine = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 9);
            run.frame(epoch.id(IdScheme.NONE, 0, 0), nine);
            run.append(3);
            run.rotate();

            SegmentHeader live = head(run.storage, Segments.LIVE).header();
            assertThat(live.epoch()).isEqualTo(9);
            assertThat(live.timeNs()).isEqualTo(2_000_000_000);
            run.reopen();
            assertThat(run.journal.report().epoch()).isEqualTo(9);
            assertThat(run.journal.report().lastTimeNs()).isEqualTo(2_000_000_000);
            run.append(3);
            run.rotate();
            assertThat(head(run.storage, Segments.LIVE).header().epoch()).isEqualTo(9);
        }
    }

    /** O1, O2 of {@link Rotation}; J5 of {@link SegmentWriter}. */
    @Test
    void syncsBothFilesBeforeAnyNameChangesAndTheNamesBeforeItGoesOn() {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(6);
            DurableProgress before = run.writer().durableProgress();
            List<String> calls = new ArrayList<>();
            run.storage.hook((call, file, offset, bytes) -> {
                assertThat(run.writer().durableProgress()).isEqualTo(before);
                calls.add(call + " " + file.replace("melin.journal", "live"));
                return bytes;
            });
            CompletableFuture<RotationResult> told = run.journal.rotate();
            run.step();

            assertThat(calls)
                    .endsWith(
                            "force live.next-staging",
                            "write live",
                            "write live",
                            "force live",
                            "rename live",
                            "rename live.next-staging",
                            "sync ",
                            "truncate live.000001");
            assertThat(told).isDone();
            assertThat(run.writer().durableProgress().segment()).isEqualTo(2);
            run.storage.hook((call, file, offset, bytes) -> bytes);
        }
    }

    /** {@link ZeroAhead} Z2: a segment that was made on the spot begins with few zeros. */
    @Test
    void catchesUpWithZerosBitByBit() {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(6);
            run.rotate();
            long ahead = 0;
            while (ahead < TestJournal.PREZEROED_BYTES / 2) {
                long zeros = run.writer().counters().zeroBytesWritten().acquire();
                long bytes = run.writer().counters().bytesWritten().acquire();
                run.append(20);
                long used = run.writer().counters().bytesWritten().acquire() - bytes;
                long wrote = run.writer().counters().zeroBytesWritten().acquire() - zeros;
                assertThat(wrote)
                        .isLessThanOrEqualTo(
                                2 * used + 2L * ZeroAhead.pieceBytes(TestJournal.PREZEROED_BYTES));
                ahead += wrote;
            }
        }
    }

    @Test
    void replaysMoreThanAHundredSegments() {
        try (RotatingJournal run = new RotatingJournal(JournalConfig.SEGMENT_BYTES_MIN)) {
            while (run.live() <= 120) {
                run.append(10);
            }
            run.reopen();
            assertThat(run.journal.report().entries()).isEqualTo(run.written.size());
            run.append(30);
            List<Entry> all = run.written;
            assertThat(run.replay()).isEqualTo(all);
        }
    }

    @Test
    void tellsWhoeverWaitsThatTheJournalIsClosed() {
        RotatingJournal run = new RotatingJournal(0);
        run.append(3);
        CompletableFuture<RotationResult> asked = run.journal.rotate();
        CompletableFuture<RotationResult> announced = run.journal.rotateAfter(50);
        run.close();

        assertThatThrownBy(asked::join).hasMessageContaining("journal is closed");
        assertThatThrownBy(announced::join).hasMessageContaining("journal is closed");
        assertThatThrownBy(() -> run.journal.rotate().join())
                .hasMessageContaining("journal is closed");
    }
}
