package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.RotationResult.Outcome;
import io.melin.journal.TestJournal.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SegmentPreparerTest {
    private static final long SEGMENT_BYTES = 1 << 20;

    /** An eighth of it is less than the head of a segment: wanted from the start. */
    private static final long SMALL_BYTES = 128 << 10;

    private static final String PREPARED = "melin.journal.next-prepared-1";

    /** The trap of a refactoring that forgets to arm it: every rotation is slow, nobody notices. */
    @Test
    void makesTheSecondRotationFastAndAllThatFollow() throws IOException {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.append(5);
            assertThat(run.rotate().outcome()).isEqualTo(Outcome.FALLBACK);
            for (int i = 0; i < 4; i++) {
                run.prepare();
                assertThat(run.prepared()).as("O6 of Rotation").isEmpty();
                run.fillAnEighth();
                run.prepare();
                assertThat(run.prepared()).hasSize(1);
                assertThat(run.storage.bytes(run.prepared().get(0)))
                        .containsOnly(0)
                        .hasSize((int) SEGMENT_BYTES + run.journal.config().frameBufferBytes());
                assertThat(run.rotate().outcome()).isEqualTo(Outcome.FAST);
                assertThat(run.prepared()).isEmpty();
            }
            assertThat(run.writer().counters().rotations().fast().acquire()).isEqualTo(4);
            assertThat(run.writer().counters().rotations().fallback().acquire()).isEqualTo(1);
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** Nobody knows how large a segment becomes that is rotated by hand alone. */
    @Test
    void preparesNothingWithoutASizeAndAsMuchAsAMirrorSawAnnounced() {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(5);
            run.rotate();
            run.prepare();
            assertThat(run.storage.exists(PREPARED)).isFalse();

            run.journal.rotateAfter(10);
            run.append(5);
            run.prepare();
            assertThat(run.storage.exists(PREPARED)).isTrue();
        }
    }

    /** A segment that is ready takes entries without a single zero on their way. */
    @Test
    void leavesNoZerosToTheWriter() {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.fillAnEighth();
            run.prepare();
            run.rotate();
            long zeros = run.writer().counters().zeroBytesWritten().acquire();
            while (run.live() == 2) {
                run.append(50);
            }
            assertThat(run.writer().counters().zeroBytesWritten().acquire()).isEqualTo(zeros);
        }
    }

    /** S1 of {@link SegmentPreparer}. */
    @Test
    void writesOneWindowAndRestsFifteenTimesAsLong() {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.fillAnEighth();
            List<String> calls = new ArrayList<>();
            run.storage.hook((call, file, offset, bytes) -> {
                calls.add(call);
                assertThat(bytes).isLessThanOrEqualTo(256 << 10);
                run.clock.advance(call.equals("writeOut") ? 700 : 0);
                return bytes;
            });
            SegmentPreparer preparer = run.journal.preparer();
            preparer.doWork();
            assertThat(calls).containsExactly("create");
            for (int window = 0; window < 4; window++) {
                calls.clear();
                assertThat(preparer.doWork()).isEqualTo(1);
                assertThat(calls).containsExactly("write", "writeOut");
                run.clock.advance(10_499);
                assertThat(preparer.doWork()).isZero();
                run.clock.advance(1);
            }
            calls.clear();
            while (preparer.doWork() > 0) {
                run.clock.advance(10_500);
            }
            assertThat(calls)
                    .as("S2, all zeros and the name")
                    .endsWith("writeOut", "force", "sync")
                    .containsOnlyOnce("force");
            run.storage.hook((call, file, offset, bytes) -> bytes);
        }
    }

    /** S1: a writer that is fast would be at the end first, and write zeros between its entries. */
    @Test
    void doesNotRestWhileTheLiveSegmentFillsFaster() throws IOException {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.storage.hook((call, file, offset, bytes) -> {
                run.clock.advance(call.equals("writeOut") ? 700 : 0);
                return bytes;
            });
            run.fillAnEighth();
            SegmentPreparer preparer = run.journal.preparer();
            preparer.doWork();
            run.clock.advance(10_500);
            assertThat(preparer.doWork()).isEqualTo(1);
            assertThat(preparer.doWork()).as("nothing is due").isZero();

            run.fillTo(SEGMENT_BYTES / 8 * 5); // and what it rests ends with that
            while (preparer.doWork() > 0) {
                assertThat(run.storage.exists(PREPARED)).isTrue();
            }
            long spareBytes = run.journal.config().segmentEndMax();
            assertThat((long) run.storage.bytes(PREPARED).length)
                    .as("four of six eighths, and a window at most")
                    .isBetween(spareBytes * 2 / 3, spareBytes * 2 / 3 + (300 << 10));
            run.storage.hook((call, file, offset, bytes) -> bytes);
        }
    }

    /** S1: nobody else would wake it in time where segments are small and windows slow. */
    @Test
    void isWokenFromItsRestWhenMoreIsDue() throws InterruptedException {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.storage.hook((call, file, offset, bytes) -> {
                run.clock.advance(call.equals("writeOut") ? TimeUnit.SECONDS.toNanos(60) : 0);
                return bytes;
            });
            run.fillAnEighth();
            SegmentPreparer preparer = run.journal.preparer();
            preparer.doWork();
            assertThat(preparer.doWork()).isEqualTo(1); // S6: of a minute, so it was quiet
            run.append(1);
            assertThat(preparer.doWork()).isEqualTo(1);
            Thread resting =
                    new Thread(() -> {
                        preparer.waiter().arm();
                        preparer.waiter().await(TimeUnit.SECONDS.toNanos(600));
                    });
            resting.start();
            while (resting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            run.fillTo(SEGMENT_BYTES / 8 * 5);

            resting.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(resting.isAlive()).isFalse();
            run.storage.hook((call, file, offset, bytes) -> bytes);
        }
    }

    /** S6: while nobody asks it takes what the device gives, and stops for whoever comes. */
    @Test
    void doesNotRestWhereNothingIsSynced() {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.fillAnEighth();
            SegmentPreparer preparer = run.journal.preparer();
            assertThat(preparer.doWork()).as("the file").isEqualTo(1);
            run.takesEachWindow(1_000);
            run.clock.advance(Pace.QUIET_NS - 1_001);
            assertThat(preparer.doWork()).isEqualTo(1);
            assertThat(preparer.doWork()).as("a nanosecond too early").isZero();
            run.clock.advance(15_000);
            assertThat(preparer.doWork()).isEqualTo(1);
            assertThat(preparer.doWork()).as("quiet now").isEqualTo(1);

            run.append(1);
            assertThat(preparer.doWork()).as("the window that it meets").isEqualTo(1);
            assertThat(preparer.doWork()).isZero();
            run.clock.advance(14_999);
            assertThat(preparer.doWork()).isZero();
            run.clock.advance(1);
            assertThat(preparer.doWork()).isEqualTo(1);
        }
    }

    /** O6 of {@link Rotation}, P1 and P2 of {@link Spares}. */
    @Test
    void keepsAsManySegmentsAsHoldTheZerosThatAreWantedAhead() throws IOException {
        try (RotatingJournal run = RotatingJournal.prezeroed(SEGMENT_BYTES, 4 * SEGMENT_BYTES)) {
            run.prepare();
            assertThat(run.prepared()).containsExactly(PREPARED, after(2), after(3));
            assertThat(run.journal.preparer().spares()).isEqualTo(3);
            for (String name : run.prepared()) {
                assertThat(run.storage.bytes(name)).containsOnly(0);
            }
            run.fillAnEighth();
            run.prepare();
            assertThat(run.journal.preparer().spares()).as("what was used is made").isEqualTo(4);

            for (int left = 3; left >= 0; left--) {
                run.append(5);
                assertThat(run.rotate().outcome()).isEqualTo(Outcome.FAST);
                assertThat(run.journal.preparer().spares()).isEqualTo(left);
            }
            run.append(5);
            assertThat(run.rotate().outcome()).isEqualTo(Outcome.FALLBACK);
            run.append(5);
            run.prepare();
            assertThat(run.prepared()).hasSize(4);

            run.reopen();
            assertThat(run.prepared()).as("none from before").isEmpty();
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** S5. */
    @Test
    void takesItsTimeWhileASegmentIsReady() {
        try (RotatingJournal run = RotatingJournal.prezeroed(SEGMENT_BYTES, 3 * SEGMENT_BYTES)) {
            run.append(1);
            SegmentPreparer preparer = run.journal.preparer();
            while (preparer.spares() == 0) {
                preparer.doWork();
            }
            run.takesEachWindow(1_000);
            run.append(1);
            preparer.doWork(); // the file
            assertThat(preparer.doWork()).isEqualTo(1);
            run.fillTo(SEGMENT_BYTES / 8 * 7);
            assertThat(preparer.doWork()).as("nothing is due").isZero();
            run.clock.advance(62_999);
            assertThat(preparer.doWork()).isZero();
            run.clock.advance(1);
            assertThat(preparer.doWork()).isEqualTo(1);

            run.rotate();
            run.fillTo(SEGMENT_BYTES / 8 * 7);
            assertThat(preparer.doWork()).as("none is ready").isEqualTo(1);
        }
    }

    private static String after(int number) {
        return PREPARED.replace("-1", "-" + number);
    }

    /** S3: at each of its calls. */
    @Test
    void dropsTheFileAfterAnErrorAndTriesAgainLater() {
        for (int n = 1; n <= 8; n++) {
            try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
                run.fillAnEighth();
                int at = run.storage.changes() + n;
                run.storage.hook((call, file, offset, bytes) -> {
                    if (run.storage.changes() == at) {
                        throw new IOException("No space left on device");
                    }
                    return bytes;
                });
                run.prepare();
                assertThat(run.storage.exists(PREPARED)).as("call " + n).isFalse();
                assertThat(run.rotate().outcome()).isEqualTo(Outcome.FALLBACK);
                run.fillAnEighth();

                run.clock.advance(SegmentPreparer.BACK_OFF_NS);
                run.prepare();
                assertThat(run.rotate().outcome()).isEqualTo(Outcome.FAST);
                assertThat(run.replay()).isEqualTo(run.written);
            }
        }
    }

    /** S4. */
    @Test
    void writesNothingOnceTheNodeHasFailed() {
        MemoryStorage storage = new MemoryStorage();
        AtomicBoolean isStopped = new AtomicBoolean();
        Clock clock = new Clock();
        Journal journal =
                Journal.open(
                        TestJournal.config().withSegmentBytes(SMALL_BYTES),
                        new JournalPorts(storage, clock, isStopped::get, new Random(1)),
                        (header, payload, version) -> {});
        journal.preparer().doWork();
        journal.preparer().doWork();
        isStopped.set(true);
        int changes = storage.changes();

        assertThat(journal.preparer().doWork()).isZero();
        journal.preparer().onClose();
        journal.close();

        assertThat(storage.changes()).isEqualTo(changes);
    }

    /** A fallback while the next segment is under way: the two never meet in one file. */
    @Test
    void goesOnWithItsFileWhileAnotherIsMadeOnTheSpot() throws IOException {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.fillAnEighth();
            run.journal.preparer().doWork();
            run.journal.preparer().doWork();
            assertThat(run.rotate().outcome()).isEqualTo(Outcome.FALLBACK);
            run.append(5);
            run.prepare();
            assertThat(run.storage.bytes(PREPARED)).containsOnly(0);
            assertThat(run.rotate().outcome()).isEqualTo(Outcome.FAST);
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    @Test
    void leavesAFileThatTheNextStartDeletes() {
        RotatingJournal run = new RotatingJournal(SEGMENT_BYTES);
        run.fillAnEighth();
        run.prepare();
        run.close();
        assertThat(run.storage.exists(PREPARED)).isTrue();
        run.reopen();
        assertThat(run.storage.exists(PREPARED)).isFalse();
        run.close();
    }

    /** What a rotation leaves to be done waits for the thread, and is done when that ends. */
    @Test
    void runsErrandsOnItsOwnThreadOnly() {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            SegmentPreparer preparer = run.journal.preparer();
            preparer.onStart();
            run.append(5);
            var told = run.journal.rotate();
            run.step();
            assertThat(told).isNotDone();

            preparer.onClose();

            assertThat(told.join().segment()).isEqualTo(1);
        }
    }
}
