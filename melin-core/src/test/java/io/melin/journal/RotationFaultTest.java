package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalPoisoned;
import io.melin.journal.JournalException.RotationFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotations of which a call fails: O3, O4, O5 and O7 of {@link Rotation}, T3 of its triggers. */
class RotationFaultTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    /** Fails the calls of one kind on files of one ending, while it is on. */
    private static final class Faults {
        private final String call;
        private final String ending;
        private int left;
        private int met;

        Faults(RotatingJournal run, String call, String ending, int count) {
            this.call = call;
            this.ending = ending;
            this.left = count;
            run.storage.hook((kind, file, offset, bytes) -> {
                if (left > 0 && kind.equals(this.call) && file.endsWith(this.ending)) {
                    left--;
                    met++;
                    throw new IOException("Input/output error");
                }
                return bytes;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create .next-staging",
                "write .next-staging",
                "force .next-staging",
                "rename melin.journal",
                "rename .next-staging"
            })
    void takesEverythingBackAndGoesOn(String what) throws IOException {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(6);
            DurableProgress before = run.writer().durableProgress();
            Faults faults = new Faults(run, what.split(" ")[0], what.split(" ")[1], 1);
            CompletableFuture<RotationResult> told = run.journal.rotate();
            run.step();

            assertThat(faults.met).isEqualTo(1);
            assertThatThrownBy(told::join)
                    .hasCauseInstanceOf(RotationFailed.class)
                    .hasRootCauseMessage("Input/output error");
            assertThat(run.writer().durableProgress()).isEqualTo(before);
            assertThat(run.writer().counters().rotations().failures().acquire()).isEqualTo(1);
            assertThat(run.storage.exists(Segments.archive(1))).isFalse();
            assertThat(run.storage.bytes(Segments.LIVE)[SegmentHeader.SEAL_PAGE]).isZero();

            run.append(6);
            assertThat(run.rotate().segment()).isEqualTo(1);
            run.append(6);
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** P1 of {@link Spares}: the preparer must not replace the file that waits for the next try. */
    @ParameterizedTest
    @ValueSource(strings = {"melin.journal", ".next-prepared-1"})
    void keepsThePreparedSegmentOfARotationThatFailed(String renamed) {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.append(6);
            run.prepare();
            Faults faults = new Faults(run, "rename", renamed, 1);
            CompletableFuture<RotationResult> told = run.journal.rotate();
            run.step();
            assertThat(faults.met).isEqualTo(1);
            assertThat(told).isCompletedExceptionally();
            run.append(6);
            run.prepare();

            assertThat(run.rotate().outcome()).isEqualTo(RotationResult.Outcome.FAST);
            run.append(6);
            run.prepare();
            assertThat(run.rotate().outcome()).isEqualTo(RotationResult.Outcome.FAST);
            run.append(6);
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** T3: size waits, a request does not. */
    @Test
    void waitsBeforeItTriesAgainBySize() {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            Faults faults = new Faults(run, "rename", "melin.journal", Integer.MAX_VALUE);
            while (faults.met == 0) {
                run.append(20);
            }
            for (int i = 0; i < 20; i++) {
                run.append(5);
                run.clock.advance(RotationTriggers.BACK_OFF_NS / 21);
            }
            assertThat(faults.met).isEqualTo(1);
            run.clock.advance(RotationTriggers.BACK_OFF_NS);
            run.append(5);
            assertThat(faults.met).isEqualTo(2);
            CompletableFuture<RotationResult> asked = run.journal.rotate();
            run.step();
            assertThat(faults.met).isEqualTo(3);
            assertThat(asked).isCompletedExceptionally();
            assertThat(run.writer().counters().rotations().failures().acquire()).isEqualTo(3);

            faults.left = 0;
            run.append(5);
            assertThat(run.live()).isEqualTo(1);
            assertThat(run.rotate().segment()).isEqualTo(1);
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** T2, T3: a mirror stands still at an announced boundary rather than write past it. */
    @Test
    void stallsAtAnAnnouncedBoundaryUntilItCanRotate() {
        try (RotatingJournal run = new RotatingJournal(0)) {
            Faults faults = new Faults(run, "rename", "melin.journal", 2);
            CompletableFuture<RotationResult> told = run.journal.rotateAfter(4);
            run.frame(9);
            assertThat(run.step()).isTrue();
            for (int i = 0; i < 10; i++) {
                assertThat(run.step()).isFalse();
                assertThat(run.writer().durableSequence().acquire()).isEqualTo(4);
            }
            run.clock.advance(RotationTriggers.BACK_OFF_NS);
            run.step();
            assertThat(faults.met).isEqualTo(2);
            run.clock.advance(RotationTriggers.BACK_OFF_NS);
            run.step();
            run.step();

            assertThat(told.join().lastSequence()).isEqualTo(4);
            assertThat(run.writer().durableSequence().acquire()).isEqualTo(9);
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** J5 of {@link SegmentWriter}: the new segment is not used before its name is synced. */
    @Test
    void freezesWhileTheNamesCannotBeSyncedAndGoesOnOnceTheyAre() {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.prepare();
            run.append(6);
            DurableProgress before = run.writer().durableProgress();
            Faults faults = new Faults(run, "sync", "", 3);
            CompletableFuture<RotationResult> told = run.journal.rotate();
            assertThat(run.step()).isTrue();
            run.frame(4);
            for (int attempt = 1; attempt < 3; attempt++) {
                assertThat(run.step()).isFalse();
                assertThat(faults.met).isEqualTo(attempt);
                run.clock.advance(Rotation.PAUSE_NS);
                assertThat(run.step()).isFalse();
            }
            assertThat(run.writer().durableProgress()).isEqualTo(before);
            assertThat(told).isNotDone();
            assertThat(faults.met).isEqualTo(3);

            List<String> calls = new ArrayList<>();
            run.storage.hook((call, file, offset, bytes) -> {
                calls.add(call + " " + file);
                return bytes;
            });
            run.clock.advance(Rotation.PAUSE_NS);
            assertThat(run.step()).isTrue();

            assertThat(calls)
                    .as("O4: names are made anew before a sync of them is believed")
                    .startsWith(
                            "rename melin.journal",
                            "rename melin.journal.000001",
                            "rename melin.journal",
                            "rename melin.journal.next-prepared-1",
                            "sync ");
            assertThat(told.join().outcome()).isEqualTo(RotationResult.Outcome.FAST);
            assertThat(run.writer().durableSequence().acquire()).isEqualTo(10);
            assertThat(run.writer().counters().rotations().failures().acquire()).isZero();
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    @Test
    void givesUpForGoodWhenTheNamesCannotBeSynced() {
        RotatingJournal run = new RotatingJournal(SEGMENT_BYTES);
        run.prepare();
        run.append(6);
        DurableProgress before = run.writer().durableProgress();
        Faults faults = new Faults(run, "sync", "", Integer.MAX_VALUE);
        CompletableFuture<RotationResult> told = run.journal.rotate();
        run.step();
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                run.clock.advance(Rotation.PAUSE_NS);
                                run.step();
                            }
                        })
                .isInstanceOf(JournalIoFailure.class);

        assertThat(faults.met).isEqualTo(Rotation.ATTEMPTS_MAX);
        assertThatThrownBy(run::step).isInstanceOf(JournalPoisoned.class);
        assertThat(run.writer().durableProgress()).isEqualTo(before);
        int changes = run.storage.changes();
        run.close();
        assertThat(run.storage.changes()).isEqualTo(changes);
        assertThat(told).isCompletedExceptionally();
        run.storage.hook((call, file, offset, bytes) -> bytes);
        assertThat(run.replay()).isEqualTo(run.written);
    }

    /** O5: nobody can tell what a sync that failed has left of a live segment. */
    @ParameterizedTest
    @ValueSource(strings = {"write", "force"})
    void isFatalWhereTheLiveSegmentItselfFails(String call) {
        RotatingJournal run = new RotatingJournal(SEGMENT_BYTES);
        run.prepare();
        run.append(6);
        new Faults(run, call, "melin.journal", 1);
        CompletableFuture<RotationResult> told = run.journal.rotate();

        assertThatThrownBy(run::step).isInstanceOf(JournalIoFailure.class);
        assertThatThrownBy(run::step).isInstanceOf(JournalPoisoned.class);

        run.close();
        assertThat(told).isCompletedExceptionally();
        assertThat(run.replay()).isEqualTo(run.written);
    }

    @Test
    void neverReplacesAFileThatHasTheArchivesName() throws IOException {
        try (RotatingJournal run = new RotatingJournal(0)) {
            run.append(6);
            run.storage.put(Segments.archive(1), new byte[] {1, 2, 3});
            CompletableFuture<RotationResult> told = run.journal.rotate();
            run.step();

            assertThatThrownBy(told::join).hasMessageContaining("melin.journal.000001");
            assertThat(run.storage.bytes(Segments.archive(1))).containsExactly(1, 2, 3);
            run.storage.remove(Segments.archive(1));
            assertThat(run.rotate().segment()).isEqualTo(1);
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }
}
